import type { ScoringModel } from './model.js';
import { liveModel } from './models/index.js';
import { comesWithProgram } from './publication/published-models.js';

/** What scores went by from an instant on, until the next one. */
export interface LiveModel {
  /** Epoch ms; -Infinity for the first. */
  readonly since: number;
  readonly model: ScoringModel;
}

/** The model that comes with the program, at all times. */
export const alwaysBuiltIn: readonly LiveModel[] = [{ since: -Infinity, model: liveModel }];

/** The one that was live at an instant, of those in order of time. */
export const liveAt = (live: readonly LiveModel[], at: number): ScoringModel =>
  live.findLast(({ since }) => since <= at)?.model ?? liveModel;

/** A model was made live. */
export interface ModelSwitch {
  readonly at: Date;
  readonly version: number;
  /** As it was published. */
  readonly model: ScoringModel | undefined;
}

/**
 * What scores went by over time, from the first instant on, by switches in the order of the log: at each instant the model
 * that was made live last by then. One that comes with the program
 * means whatever comes with it, as before the first switch: there are rows by no other one.
 */
export const liveOverTime = (switches: readonly ModelSwitch[]): readonly LiveModel[] => {
  const turns = [...new Set(switches.map(({ at }) => at.getTime()))].toSorted((a, b) => a - b);
  return [
    ...alwaysBuiltIn,
    ...turns.flatMap((since) => {
      const last = switches.findLast(({ at }) => at.getTime() <= since);
      const model = last && (comesWithProgram(last.version) ? liveModel : last.model);
      return model ? [{ since, model }] : [];
    }),
  ];
};
