import { unknownEvent } from '#libs/kernel';
import type { FitModelEvent } from '../events/fit-model-events.js';
import { fitModelRef, type FitModel } from '../model/fit-model.js';

/** That aren't retired: all of them are in one state, and one answer. */
export const MOST_FIT_MODELS = 200;

/** What was decided about models so far, each under its `fitModelRef`. */
export interface PublishedFitModels {
  readonly published: ReadonlyMap<string, FitModel>;
  readonly retired: ReadonlySet<string>;
}

export const nothingPublished: PublishedFitModels = { published: new Map(), retired: new Set() };

export const evolveFitModels = (state: PublishedFitModels, event: FitModelEvent): PublishedFitModels => {
  switch (event.type) {
    case 'fit-model.published': {
      const { model } = event.data;
      return { ...state, published: new Map(state.published).set(fitModelRef(model), model) };
    }
    case 'fit-model.retired':
      return { ...state, retired: new Set(state.retired).add(fitModelRef(event.data)) };
    default:
      return unknownEvent(event);
  }
};
