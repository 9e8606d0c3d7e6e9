import { closed, firstVersion } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { MAX_MODEL_VERSION, scoringModelSchema } from '../model.js';

const version = () => Type.Integer({ minimum: 1, maximum: MAX_MODEL_VERSION });

/** A model is scored beside the live one from here on. What was published is never edited. */
export const scoringModelPublished = firstVersion('scoring-model.published', closed({ model: scoringModelSchema }));

/** Scores and rankings go by this model from here on. `before`: what they went by. */
export const scoringModelMadeLive = firstVersion(
  'scoring-model.made-live',
  closed({ version: version(), before: version() }),
);

/** Nobody is scored by it any more. The document stays. */
export const scoringModelRetired = firstVersion('scoring-model.retired', closed({ version: version() }));

/** Which models there are, and which is live: the events of the one stream `scoring-models`. About nobody. */
export const scoringEventDefinitions = [scoringModelPublished, scoringModelMadeLive, scoringModelRetired] as const;
export type ScoringModelEvent = EventOf<(typeof scoringEventDefinitions)[number]>;
