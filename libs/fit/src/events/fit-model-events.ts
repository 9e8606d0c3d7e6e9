import { closed, firstVersion } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { fitModelName, fitModelSchema, fitModelVersion } from '../model/fit-model.js';

/** People can be asked how well they fit by it from here on. What was published is never edited. */
export const fitModelPublished = firstVersion('fit-model.published', closed({ model: fitModelSchema }));

/** No search goes by it any more. The document stays. */
export const fitModelRetired = firstVersion(
  'fit-model.retired',
  closed({ name: fitModelName(), version: fitModelVersion() }),
);

/** By which rules people fit which kind of role: the events of the one stream `fit-models`. About nobody. */
export const fitEventDefinitions = [fitModelPublished, fitModelRetired] as const;
export type FitModelEvent = EventOf<(typeof fitEventDefinitions)[number]>;
