import { toUnits, valueAt } from './decay.js';
import type { ScoringModel } from './model.js';
import { weightOf, type LeftOut, type Signal } from './weights.js';

const HOUR = 3_600_000;

/** Something that happened. */
export interface Fact extends Signal {
  readonly id: string;
  readonly at: Date;
}

/** A fact that counts. */
export interface Term<F extends Fact = Fact> {
  readonly fact: F;
  readonly group: string;
  /** By the model, when it happened. */
  readonly weight: number;
  /** How many earlier facts of its kind it came shortly after: each halves it. */
  readonly repeats: number;
  /** When it happened, damped. */
  readonly points: number;
}

/** Facts sorted out by a model. */
export interface Terms<F extends Fact = Fact> {
  /** Oldest first. */
  readonly counted: readonly Term<F>[];
  readonly leftOut: readonly { readonly fact: F; readonly reason: LeftOut }[];
}

const byTime = (a: Fact, b: Fact): number =>
  a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** What each fact counts for, whatever the order they come in. */
export const termsOf = <F extends Fact>(model: ScoringModel, facts: readonly F[]): Terms<F> => {
  const window = (model.damping?.withinHours ?? 0) * HOUR;
  const counted: Term<F>[] = [];
  const leftOut: { fact: F; reason: LeftOut }[] = [];
  const recent = new Map<string, number[]>();
  for (const fact of facts.toSorted(byTime)) {
    const weight = weightOf(model, fact);
    if ('leftOut' in weight) {
      leftOut.push({ fact, reason: weight.leftOut });
      continue;
    }
    const at = fact.at.getTime();
    const earlier = (recent.get(fact.type) ?? []).filter((time) => at - time < window);
    const repeats = earlier.length;
    recent.set(fact.type, [...earlier, at]);
    counted.push({ fact, group: weight.group, weight: weight.points, repeats, points: weight.points / 2 ** repeats });
  }
  return { counted, leftOut };
};

/** What a group counts for less because of its cap, in units: negative. */
export interface CapAdjustment {
  readonly group: string;
  readonly cap: number;
  readonly units: bigint;
}

/** A sum that adds up: terms and adjustments make the units, to the last digit. */
export interface Sum<F extends Fact = Fact> {
  readonly units: bigint;
  readonly terms: readonly { readonly term: Term<F>; readonly units: bigint }[];
  readonly caps: readonly CapAdjustment[];
}

/** The score at an instant, from the facts up to it. Never grows by itself as time goes on. */
export const sumAt = <F extends Fact>(model: ScoringModel, counted: readonly Term<F>[], at: Date): Sum<F> => {
  const groups = new Map<string, bigint>();
  const terms: { term: Term<F>; units: bigint }[] = [];
  for (const term of counted) {
    if (term.fact.at > at) continue;
    const units = valueAt(term.points, model.groups[term.group]?.halfLifeDays ?? 1, term.fact.at, at);
    groups.set(term.group, (groups.get(term.group) ?? 0n) + units);
    terms.push({ term, units });
  }
  const caps: CapAdjustment[] = [];
  let total = 0n;
  for (const [group, units] of groups) {
    const cap = model.groups[group]?.cap;
    const most = cap === undefined ? units : toUnits(cap);
    if (cap !== undefined && units > most) caps.push({ group, cap, units: most - units });
    total += units > most ? most : units;
  }
  return { units: total, terms, caps };
};

/** All that ever counted, without decay, caps or damping, in points: what a relationship has been worth over its life. */
export const lifetimePoints = (counted: readonly Term[], at: Date): number =>
  counted.reduce((sum, { fact, weight }) => (fact.at <= at ? sum + weight : sum), 0);
