import { unknownEvent } from '#libs/kernel';
import type { ScoringModelEvent } from '../events/scoring-model-events.js';
import type { ScoringModel } from '../model.js';
import { liveModel } from '../models/index.js';

/** Versions below are those that come with the program, so that a release and a request never mean two models by one. */
export const FIRST_PUBLISHED_VERSION = 1_000;

/** Whether it's one of those that this release or another one came with. */
export const comesWithProgram = (version: number): boolean => version < FIRST_PUBLISHED_VERSION;

/** Each is a read model of its own, as large as the live one's and as much work. */
export const MOST_SCORED_MODELS = 3;

/** What was decided about models so far. */
export interface PublishedModels {
  readonly published: ReadonlyMap<number, ScoringModel>;
  /** What scores and rankings go by. Of those that come with the program there's only this program's. */
  readonly live: number;
  readonly retired: ReadonlySet<number>;
}

export const nothingPublished: PublishedModels = {
  published: new Map(),
  live: liveModel.version,
  retired: new Set(),
};

export const evolveModels = (state: PublishedModels, event: ScoringModelEvent): PublishedModels => {
  switch (event.type) {
    case 'scoring-model.published': {
      const { model } = event.data;
      return { ...state, published: new Map(state.published).set(model.version, model) };
    }
    case 'scoring-model.made-live':
      return { ...state, live: comesWithProgram(event.data.version) ? liveModel.version : event.data.version };
    case 'scoring-model.retired':
      return { ...state, retired: new Set(state.retired).add(event.data.version) };
    default:
      return unknownEvent(event);
  }
};
