import { bandOn, changesAhead, scoreUnits, toPoints } from '#libs/scoring';
import { heatsIn, scheduleIn } from '../standing-row.js';
import { heatColumn, levelColumn, type Standings } from '../tables.js';
import type { ScoreSummary } from './score.query.js';

/** A row of scores as the driver gives it, sums beside. */
export interface StandingRow {
  readonly candidate_id: string;
  readonly last_signal_at: Date | null;
  readonly hot_until: Date | null;
  readonly warm_until: Date | null;
  readonly dormant_at: Date | null;
  readonly unsubscribed_at: Date | null;
  readonly complained_at: Date | null;
}

/** What's to be selected for a summary. */
export const standingRowColumns = ({ groups }: Standings): string =>
  [
    'candidate_id',
    ...groups.flatMap((group) => [heatColumn(group), levelColumn(group)]),
    'last_signal_at',
    'hot_until',
    'warm_until',
    'dormant_at',
    'unsubscribed_at',
    'complained_at',
  ].join(', ');

/** The score of a row by its model at an instant from its last signal on, to the last digit, without its events. */
export const summaryOf = ({ model, groups }: Standings, row: StandingRow, at: Date): ScoreSummary => {
  const units = scoreUnits(model, heatsIn(row, groups), at);
  const schedule = scheduleIn(row);
  return {
    candidateId: row.candidate_id,
    score: toPoints(units),
    units,
    band: bandOn(schedule, at),
    next: changesAhead(schedule).find((change) => change.at > at) ?? null,
    lastSignalAt: row.last_signal_at,
    unsubscribed: row.unsubscribed_at !== null && row.unsubscribed_at <= at,
    complained: row.complained_at !== null && row.complained_at <= at,
  };
};
