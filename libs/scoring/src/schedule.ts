import { toUnits } from './decay.js';
import { scoreCurve, type Heats, type ScoreCurve } from './heats.js';
import type { ScoringModel } from './model.js';

export const bands = ['hot', 'warm', 'cold', 'dormant'] as const;
export type Band = (typeof bands)[number];

const DAY = 24 * 3_600_000;

/** From when on somebody is in a band. */
export interface BandChange {
  readonly at: Date;
  readonly band: Band;
}

/**
 * The bands from the last signal on if nothing more happens: hot until `hotUntil`, else warm until `warmUntil`, else cold
 * until `dormantAt`, then dormant. Null for a band that they aren't in any more; the instants themselves belong to what follows.
 */
export interface Schedule {
  readonly hotUntil: Date | null;
  readonly warmUntil: Date | null;
  readonly dormantAt: Date | null;
}

/** Of somebody with whom nothing happened that counts. */
export const nothingAhead: Schedule = { hotUntil: null, warmUntil: null, dormantAt: null };

/** The band at an instant from the last signal on: a comparison, whatever the model. */
export const bandOn = ({ hotUntil, warmUntil, dormantAt }: Schedule, at: Date): Band => {
  if (hotUntil && at < hotUntil) return 'hot';
  if (warmUntil && at < warmUntil) return 'warm';
  return dormantAt && at < dormantAt ? 'cold' : 'dormant';
};

/** The changes that a schedule holds. */
export const changesAhead = (schedule: Schedule): readonly BandChange[] =>
  [schedule.hotUntil, schedule.warmUntil, schedule.dormantAt]
    .filter((at) => at !== null)
    .map((at) => ({ at, band: bandOn(schedule, at) }))
    // Whoever stays hot until they're dormant leaves both at one instant.
    .filter(({ at }, i, all) => at.getTime() !== all[i + 1]?.at.getTime());

/** A curve never grows, so halving finds the millisecond. It's below at `high`. */
const firstBelow = (curve: ScoreCurve, threshold: number, low: number, high: number): number => {
  let [above, below] = [low - 1, high];
  while (below - above > 1) {
    const middle = above + Math.floor((below - above) / 2);
    if (curve(middle) < threshold) below = middle;
    else above = middle;
  }
  return below;
};

/** When a score falls below so many points, from `since` on; `dormantAt` if it doesn't before that. */
const leftAt = (curve: ScoreCurve, points: number, since: number, dormantAt: number): number => {
  const threshold = Number(toUnits(points));
  return curve(dormantAt - 1) < threshold ? firstBelow(curve, threshold, since, dormantAt - 1) : dormantAt;
};

/** The band that a signal leads to, from the one before it. */
const bandAfter = ({ bands: { hot, warm } }: ScoringModel, before: Band, units: number): Band => {
  if (units >= Number(toUnits(hot.enter)) || before === 'hot') return 'hot';
  if (units >= Number(toUnits(warm.enter)) || before === 'warm') return 'warm';
  return 'cold';
};

/**
 * The schedule after a signal at `at`, from the sums with it and the schedule before it. A band is entered at one
 * threshold and left below another, so it depends on the one before.
 */
export const scheduleAfter = (model: ScoringModel, before: Schedule, heats: Heats, at: Date): Schedule => {
  const since = at.getTime();
  const curve = scoreCurve(model, heats);
  // Falls at this very instant hadn't come when the signal did.
  const band = bandAfter(model, bandOn(before, new Date(since - 1)), curve(since));
  const dormant = since + model.dormantAfterDays * DAY;
  const { hot, warm } = model.bands;
  const hotLeft = band === 'hot' ? leftAt(curve, hot.leave, since, dormant) : since;
  const warmLeft = band === 'cold' ? since : leftAt(curve, warm.leave, hotLeft, dormant);
  return {
    hotUntil: band === 'hot' ? new Date(hotLeft) : null,
    warmUntil: band !== 'cold' && (band === 'warm' || warmLeft > hotLeft) ? new Date(warmLeft) : null,
    dormantAt: new Date(dormant),
  };
};
