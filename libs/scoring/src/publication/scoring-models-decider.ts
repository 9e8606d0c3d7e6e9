import { err, sameJson, ok, refusal, type Decider, type Decision } from '#libs/kernel';
import type { ScoringModelEvent } from '../events/scoring-model-events.js';
import type { ScoringModel } from '../model.js';
import { liveModel, models } from '../models/index.js';
import {
  comesWithProgram,
  evolveModels,
  FIRST_PUBLISHED_VERSION,
  MOST_SCORED_MODELS,
  nothingPublished,
  type PublishedModels,
} from './published-models.js';

export type ScoringModelCommand =
  | { readonly kind: 'publish'; readonly model: ScoringModel }
  | { readonly kind: 'make-live'; readonly version: number }
  | { readonly kind: 'retire'; readonly version: number };

const versionReserved = refusal(
  'invalid',
  'version-reserved',
  `Versions below ${FIRST_PUBLISHED_VERSION} are those of models that come with the program. Take a higher one.`,
  '/version',
);
const modelPublished = refusal(
  'conflict',
  'model-published',
  'There is another model of this version, and what was published is never edited. Take another version.',
  '/version',
);
const tooManyModels = refusal(
  'conflict',
  'too-many-models',
  `Everybody is scored by at most ${MOST_SCORED_MODELS} published models at once. Retire one first.`,
);
const modelUnknown = refusal('not-found', 'model-unknown', 'There is no scoring model of this version.');
const modelRetired = refusal(
  'conflict',
  'model-retired',
  'Nobody is scored by this model any more. Publish it again under another version.',
);
const modelLive = refusal('conflict', 'model-live', 'This model is live. Make another one live first.');
const modelBuiltIn = refusal(
  'conflict',
  'model-built-in',
  'This model comes with the program, and goes with a release that has another one.',
);

const isKnown = ({ published }: PublishedModels, version: number): boolean =>
  published.has(version) || models.some((model) => model.version === version);

/** Whether everybody is scored by it: the one that came with the program always is, earlier ones aren't. */
const isScored = ({ published, retired }: PublishedModels, version: number): boolean =>
  version === liveModel.version || (published.has(version) && !retired.has(version));

const publish = (model: ScoringModel, state: PublishedModels): Decision<ScoringModelEvent> => {
  if (comesWithProgram(model.version)) return err(versionReserved);
  const known = state.published.get(model.version);
  if (known) return sameJson(known, model) ? ok([]) : err(modelPublished);
  if (state.published.size - state.retired.size >= MOST_SCORED_MODELS) return err(tooManyModels);
  return ok([{ type: 'scoring-model.published', data: { model } }]);
};

const makeLive = (version: number, state: PublishedModels): Decision<ScoringModelEvent> => {
  if (!isKnown(state, version)) return err(modelUnknown);
  if (state.live === version) return ok([]);
  if (!isScored(state, version)) return err(modelRetired);
  return ok([{ type: 'scoring-model.made-live', data: { version, before: state.live } }]);
};

const retire = (version: number, state: PublishedModels): Decision<ScoringModelEvent> => {
  if (!isKnown(state, version)) return err(modelUnknown);
  if (comesWithProgram(version)) return err(modelBuiltIn);
  if (!isScored(state, version)) return ok([]);
  if (state.live === version) return err(modelLive);
  return ok([{ type: 'scoring-model.retired', data: { version } }]);
};

/** Which models there are and which is live, decided in one place: the stream `scoring-models`. */
export const scoringModelsDecider: Decider<PublishedModels, ScoringModelCommand, ScoringModelEvent> = {
  initial: nothingPublished,
  decide: (command, state) => {
    switch (command.kind) {
      case 'publish':
        return publish(command.model, state);
      case 'make-live':
        return makeLive(command.version, state);
      case 'retire':
        return retire(command.version, state);
    }
  },
  evolve: evolveModels,
};
