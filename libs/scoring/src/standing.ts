import { stillRecent, withSignal, type Recent } from './damping.js';
import { heatOf, withHeat, type Heats } from './heats.js';
import type { ScoringModel } from './model.js';
import { nothingAhead, scheduleAfter, type Schedule } from './schedule.js';
import { byTime, type Fact } from './score.js';
import { weightOf } from './weights.js';

/**
 * All that a model needs to know of a history to go on with it: what comes later takes one step, however long the
 * history, and the score and the band at any later instant follow from this alone.
 */
export interface Standing {
  /** Damped, before caps. */
  readonly heats: Heats;
  /** When the latest signal happened that counts. */
  readonly lastSignalAt: Date | null;
  /** How many count. */
  readonly signals: number;
  readonly recent: Recent;
  readonly schedule: Schedule;
}

/** Of somebody with whom nothing happened yet. */
export const noStanding: Standing = {
  heats: {},
  lastSignalAt: null,
  signals: 0,
  recent: {},
  schedule: nothingAhead,
};

/** Whether a fact can be taken in by one step: everything that counts happened before it. */
export const comesNext = ({ lastSignalAt }: Standing, at: Date): boolean => lastSignalAt === null || lastSignalAt < at;

/** Takes in what came after everything before. A fact that counts for nothing changes nothing. */
export const advance = (model: ScoringModel, standing: Standing, fact: Fact): Standing => {
  const weight = weightOf(model, fact);
  if ('leftOut' in weight) return standing;
  const at = fact.at.getTime();
  const recent = stillRecent(model, standing.recent, at);
  const points = (weight.points * weight.factor) / 2 ** (recent[fact.type]?.length ?? 0);
  const heats = withHeat(standing.heats, weight.group, heatOf(model, weight.group, points, fact.at));
  return {
    heats,
    lastSignalAt: fact.at,
    signals: standing.signals + 1,
    recent: withSignal(model, recent, fact.type, at),
    schedule: scheduleAfter(model, standing.schedule, heats, fact.at),
  };
};

/** The standing after a whole history, in whatever order it's given. */
export const standingAfter = (model: ScoringModel, facts: readonly Fact[]): Standing =>
  facts.toSorted(byTime).reduce((standing, fact) => advance(model, standing, fact), noStanding);
