import type { RowOf } from '#libs/projecting';
import { ceilingOf, levelOf, type Heats, type Recent, type Schedule, type Standing } from '#libs/scoring';
import { heatColumn, levelColumn, type ScoresTable, type Standings } from './tables.js';

/** A row of a table of scores. */
export type ScoreRow = RowOf<ScoresTable['columns']>;

/** The groups' sums in a row of scores. */
export const heatsIn = (row: object, groups: readonly string[]): Heats =>
  Object.fromEntries(
    groups.flatMap((group) => {
      const heat = (row as Readonly<Record<string, bigint | string | undefined>>)[heatColumn(group)];
      return heat === undefined || BigInt(heat) === 0n ? [] : [[group, BigInt(heat)]];
    }),
  );

/** The bands in a row of scores. */
export const scheduleIn = (row: Pick<ScoreRow, 'hot_until' | 'warm_until' | 'dormant_at'>): Schedule => ({
  hotUntil: row.hot_until,
  warmUntil: row.warm_until,
  dormantAt: row.dormant_at,
});

export const standingIn = (row: ScoreRow, groups: readonly string[]): Standing => ({
  heats: heatsIn(row, groups),
  lastSignalAt: row.last_signal_at,
  signals: row.signals,
  recent: row.recent as Recent,
  schedule: scheduleIn(row),
});

/** The columns of a row that a standing makes. */
export const standingColumns = (
  { heats, lastSignalAt, signals, recent, schedule }: Standing,
  { model, groups }: Standings,
): Omit<ScoreRow, 'candidate_id' | 'unsubscribed_at' | 'complained_at' | 'merged_into'> => ({
  ...Object.fromEntries(
    groups.flatMap((group) => {
      const heat = heats[group] ?? 0n;
      return [
        [heatColumn(group), heat],
        [levelColumn(group), levelOf(heat)],
      ];
    }),
  ),
  ceiling: ceilingOf(model, heats, lastSignalAt),
  last_signal_at: lastSignalAt,
  signals,
  recent,
  hot_until: schedule.hotUntil,
  warm_until: schedule.warmUntil,
  dormant_at: schedule.dormantAt,
});
