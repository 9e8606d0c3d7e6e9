import { LEVEL_BITS, magnitudeOf, pointsAt } from './decay.js';
import type { Heats } from './heats.js';
import type { ScoringModel } from './model.js';

const DAY = 24 * 3_600_000;
/** Far more than what doubles are off by, far less than a billionth of a score. */
const SLACK = 1_024n;

/** Of the group that fades most slowly. */
export const longestHalfLifeDays = ({ groups }: ScoringModel): number =>
  Math.max(...Object.values(groups).map(({ halfLifeDays }) => halfLifeDays));

/**
 * What a score can be at most, at each instant from its last signal on, as one number that never has to be written anew: were
 * all of it to fade as slowly as the slowest group, it would stay in one order for ever. So whoever has a lower ceiling
 * can't have a higher score than the other one's ceiling allows, whatever the time. A level (`levelOf`) of that half-life; null for nothing.
 */
export const ceilingOf = (model: ScoringModel, heats: Heats, lastSignalAt: Date | null): bigint | null => {
  if (lastSignalAt === null) return null;
  const at = lastSignalAt.getTime();
  // Without caps: what's above one fades, and the score doesn't.
  const points = Object.entries(model.groups).reduce(
    (sum, [group, { halfLifeDays }]) => sum + pointsAt(magnitudeOf(heats[group] ?? 0n), halfLifeDays, at),
    0,
  );
  if (points <= 0) return null;
  const level = Math.log2(points) + at / (longestHalfLifeDays(model) * DAY);
  return BigInt(Math.ceil(level * 2 ** LEVEL_BITS)) + SLACK;
};
