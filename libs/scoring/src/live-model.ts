import type { ScoringModel } from './model.js';
import { liveModel } from './models/index.js';

/** What scores went by from an instant on, until the next one. */
export interface LiveModel {
  /** Epoch ms; -Infinity for the first. */
  readonly since: number;
  readonly model: ScoringModel;
}

/** The model that comes with the program, at all times. */
export const alwaysBuiltIn: readonly LiveModel[] = [{ since: -Infinity, model: liveModel }];

/** The one that was live at an instant, of those in order of time. */
export const liveAt = (models: readonly LiveModel[], at: number): ScoringModel =>
  models.findLast(({ since }) => since <= at)?.model ?? liveModel;
