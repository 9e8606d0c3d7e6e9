import { numberSetting, textSetting } from '#libs/settings';
import type { Projection, Tuning } from '#libs/projecting';

/** Twice the default of events that are read ahead. */
const MOST_EVENTS = 8_000;

/**
 * What of the engine's tuning operators may set. `RAPPORT_BATCH_EVENTS`: events a batch at most; fewer make a kill cost
 * less work and the catch-up slower. Throws an Error that names what's wrong.
 */
export const readTuning = (env: NodeJS.ProcessEnv = process.env): Partial<Tuning> => {
  const batchEvents = numberSetting(env, 'RAPPORT_BATCH_EVENTS', { from: 1, to: MOST_EVENTS, whole: true });
  return batchEvents === undefined ? {} : { batchEvents, readAheadEvents: 2 * batchEvents };
};

/**
 * Which projections this process works on. `RAPPORT_PROJECTIONS`: names between commas; all, unless it's set. Any number of
 * processes may have the same ones: one of them works on each. Throws an Error that lists the names.
 */
export const readProjections = (
  all: readonly Projection[],
  env: NodeJS.ProcessEnv = process.env,
): readonly Projection[] => {
  const names = (textSetting(env, 'RAPPORT_PROJECTIONS') ?? '').split(',').flatMap((name) => name.trim() || []);
  const unknown = names.find((name) => !all.some((projection) => projection.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    throw new Error(`RAPPORT_PROJECTIONS: there is no projection "${unknown}". Projections: ${known}.`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
};
