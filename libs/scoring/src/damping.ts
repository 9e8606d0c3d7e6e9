import type { ScoringModel } from './model.js';

const HOUR = 3_600_000;

/** When signals of each kind happened that may still damp a later one, in milliseconds, oldest first. */
export type Recent = Readonly<Record<string, readonly number[]>>;

/** What of it is recent at an instant, by the model. */
export const stillRecent = (model: ScoringModel, recent: Recent, at: number): Recent => {
  const window = (model.damping?.withinHours ?? 0) * HOUR;
  const left: Record<string, readonly number[]> = {};
  for (const [type, times] of Object.entries(recent)) {
    const late = times.filter((time) => at - time < window);
    if (late.length > 0) left[type] = late;
  }
  return left;
};

/** With one more signal, for models that damp. */
export const withSignal = (model: ScoringModel, recent: Recent, type: string, at: number): Recent =>
  model.damping ? { ...recent, [type]: [...(recent[type] ?? []), at] } : recent;
