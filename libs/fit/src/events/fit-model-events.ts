import { defineEvent, type EventOf } from '#libs/kernel';
import { Type, type Static, type TSchema } from 'typebox';
import { fitModelName, fitModelSchema, fitModelVersion } from '../model/fit-model.js';

const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const firstVersion = <const T extends string, S extends TSchema>(type: T, schema: S) =>
  defineEvent<T, Static<S>>({ type, version: 1, schema });

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
