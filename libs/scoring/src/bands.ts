import { withHeat, type Heats } from './heats.js';
import type { ScoringModel } from './model.js';
import {
  bandOn,
  changesAhead,
  nothingAhead,
  scheduleAfter,
  type Band,
  type BandChange,
  type Schedule,
} from './schedule.js';
import type { Term } from './score.js';

/** Every change of band that these signals make, in the order of time, and those that follow if nothing more happens. */
export const bandHistory = (model: ScoringModel, counted: readonly Term[]): readonly BandChange[] => {
  const changes: BandChange[] = [];
  let heats: Heats = {};
  let schedule: Schedule = nothingAhead;
  for (const { fact, group, heat } of counted) {
    changes.push(...changesAhead(schedule).filter(({ at }) => at < fact.at));
    heats = withHeat(heats, group, heat);
    const before = bandOn(schedule, new Date(fact.at.getTime() - 1));
    schedule = scheduleAfter(model, schedule, heats, fact.at);
    const after = bandOn(schedule, new Date(fact.at.getTime() - 1));
    if (after !== before) changes.push({ at: fact.at, band: after });
  }
  return [...changes, ...changesAhead(schedule)];
};

/** The band at an instant, and the next change if nothing happens after it. */
export const bandAt = (
  model: ScoringModel,
  counted: readonly Term[],
  at: Date,
): { readonly band: Band; readonly since: Date | null; readonly next: BandChange | null } => {
  const changes = bandHistory(
    model,
    counted.filter(({ fact }) => fact.at <= at),
  );
  const last = changes.findLast((change) => change.at <= at);
  return {
    band: last?.band ?? 'dormant',
    since: last?.at ?? null,
    next: changes.find((change) => change.at > at) ?? null,
  };
};
