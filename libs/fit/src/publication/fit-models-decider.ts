import { err, sameJson, ok, refusal, type Decider, type Decision } from '#libs/kernel';
import type { FitModelEvent } from '../events/fit-model-events.js';
import { fitModelRef, type FitModel } from '../model/fit-model.js';
import { evolveFitModels, MOST_FIT_MODELS, nothingPublished, type PublishedFitModels } from './published-fit-models.js';

export type FitModelCommand =
  | { readonly kind: 'publish'; readonly model: FitModel }
  | { readonly kind: 'retire'; readonly name: string; readonly version: number };

const modelPublished = refusal(
  'conflict',
  'model-published',
  'There is another model of this name and version, and what was published is never edited. Take a higher version.',
  '/model/version',
);
const versionTooLow = refusal(
  'conflict',
  'version-too-low',
  'There is a later version of this model already. Take a higher version than all before it.',
  '/model/version',
);
const tooManyModels = refusal(
  'conflict',
  'too-many-models',
  `There are at most ${MOST_FIT_MODELS} fit models that aren't retired. Retire one first.`,
);
const modelUnknown = refusal('not-found', 'model-unknown', 'There is no fit model of this name and version.');

const publish = (model: FitModel, { published, retired }: PublishedFitModels): Decision<FitModelEvent> => {
  const known = published.get(fitModelRef(model));
  if (known) return sameJson(known, model) ? ok([]) : err(modelPublished);
  const later = [...published.values()].some(({ name, version }) => name === model.name && version > model.version);
  if (later) return err(versionTooLow);
  if (published.size - retired.size >= MOST_FIT_MODELS) return err(tooManyModels);
  return ok([{ type: 'fit-model.published', data: { model } }]);
};

const retire = (
  { name, version }: Pick<FitModel, 'name' | 'version'>,
  { published, retired }: PublishedFitModels,
): Decision<FitModelEvent> => {
  const ref = fitModelRef({ name, version });
  if (!published.has(ref)) return err(modelUnknown);
  return ok(retired.has(ref) ? [] : [{ type: 'fit-model.retired', data: { name, version } }]);
};

/** Which fit models there are, decided in one place: the stream `fit-models`. */
export const fitModelsDecider: Decider<PublishedFitModels, FitModelCommand, FitModelEvent> = {
  initial: nothingPublished,
  decide: (command, state) => {
    switch (command.kind) {
      case 'publish':
        return publish(command.model, state);
      case 'retire':
        return retire(command, state);
    }
  },
  evolve: evolveFitModels,
};
