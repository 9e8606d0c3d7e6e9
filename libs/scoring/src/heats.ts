import { contribution, magnitudeOf, pointsAt, toUnits, UNITS_PER_POINT, type Magnitude } from './decay.js';
import type { ScoringModel } from './model.js';

/** Damped sums as of the fixed epoch, by group; a group without signals may be absent. */
export type Heats = Readonly<Record<string, bigint>>;

/** What a group's sum is worth before its cap. */
export const groupUnits = (model: ScoringModel, group: string, heat: bigint, at: Date): bigint =>
  unitsOf(magnitudeOf(heat), model.groups[group]?.halfLifeDays ?? 1, at.getTime());

const unitsOf = (magnitude: Magnitude, halfLifeDays: number, instant: number): bigint =>
  BigInt(Math.round(pointsAt(magnitude, halfLifeDays, instant) * UNITS_PER_POINT));

/** Sums with one more signal. */
export const withHeat = (heats: Heats, group: string, heat: bigint): Heats => ({
  ...heats,
  [group]: (heats[group] ?? 0n) + heat,
});

/** What `points` in a group add to its sum. */
export const heatOf = (model: ScoringModel, group: string, points: number, at: Date): bigint =>
  contribution(points, model.groups[group]?.halfLifeDays ?? 1, at);

/** A score as a function of time (in milliseconds), from when its last signal happened: it never grows. In units, whole. */
export type ScoreCurve = (instant: number) => number;

/** Each group's sum, rounded once to a billionth of a point and cut off at its cap, added up. */
export const scoreCurve = (model: ScoringModel, heats: Heats): ScoreCurve => {
  const groups = Object.entries(model.groups)
    .filter(([group]) => (heats[group] ?? 0n) > 0n)
    .map(([group, { halfLifeDays, cap }]) => ({
      magnitude: magnitudeOf(heats[group] ?? 0n),
      halfLifeDays,
      most: cap === undefined ? Infinity : Number(toUnits(cap)),
    }));
  return (instant) => {
    let units = 0;
    for (const { magnitude, halfLifeDays, most } of groups)
      units += Math.min(most, Math.round(pointsAt(magnitude, halfLifeDays, instant) * UNITS_PER_POINT));
    return units;
  };
};

/** The score at an instant, in units. All signals must have happened by then. */
export const scoreUnits = (model: ScoringModel, heats: Heats, at: Date): bigint =>
  BigInt(scoreCurve(model, heats)(at.getTime()));
