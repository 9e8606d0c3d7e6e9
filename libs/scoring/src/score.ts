import { stillRecent, withSignal, type Recent } from './damping.js';
import { toUnits } from './decay.js';
import { groupUnits, heatOf, scoreUnits, withHeat, type Heats } from './heats.js';
import type { ScoringModel } from './model.js';
import { weightOf, type LeftOut, type Signal } from './weights.js';

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
  /** The share of it that counts: less than 1 where nobody knows who acted and the model says so. */
  readonly factor: number;
  /** How many earlier facts of its kind it came shortly after: each halves it. */
  readonly repeats: number;
  /** When it happened, damped. */
  readonly points: number;
  /** What it adds to the stored sum of its group. */
  readonly heat: bigint;
}

/** Facts sorted out by a model. */
export interface Terms<F extends Fact = Fact> {
  /** Oldest first. */
  readonly counted: readonly Term<F>[];
  readonly leftOut: readonly { readonly fact: F; readonly reason: LeftOut }[];
}

/** The order in which facts are taken in. */
export const byTime = (a: Fact, b: Fact): number =>
  a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** What each fact counts for, whatever the order they come in. */
export const termsOf = <F extends Fact>(model: ScoringModel, facts: readonly F[]): Terms<F> => {
  const counted: Term<F>[] = [];
  const leftOut: { fact: F; reason: LeftOut }[] = [];
  let recent: Recent = {};
  for (const fact of facts.toSorted(byTime)) {
    const weight = weightOf(model, fact);
    if ('leftOut' in weight) {
      leftOut.push({ fact, reason: weight.leftOut });
      continue;
    }
    recent = stillRecent(model, recent, fact.at.getTime());
    const repeats = recent[fact.type]?.length ?? 0;
    recent = withSignal(model, recent, fact.type, fact.at.getTime());
    const { group, factor } = weight;
    const points = (weight.points * factor) / 2 ** repeats;
    const heat = heatOf(model, group, points, fact.at);
    counted.push({ fact, group, weight: weight.points, factor, repeats, points, heat });
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

/**
 * The score at an instant, from the facts up to it. Never grows by itself as time goes on. A group's sum is rounded once;
 * a term is what it added to the rounded sum of those before it, so that terms add up.
 */
export const sumAt = <F extends Fact>(model: ScoringModel, counted: readonly Term<F>[], at: Date): Sum<F> => {
  const heats = new Map<string, bigint>();
  const groups = new Map<string, bigint>();
  const terms: { term: Term<F>; units: bigint }[] = [];
  for (const term of counted) {
    if (term.fact.at > at) continue;
    const heat = (heats.get(term.group) ?? 0n) + term.heat;
    const units = groupUnits(model, term.group, heat, at);
    terms.push({ term, units: units - (groups.get(term.group) ?? 0n) });
    heats.set(term.group, heat);
    groups.set(term.group, units);
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

/** The scores at several instants, in the order of time, each from the facts up to it: as `sumAt` has them, without what they're made of. */
export const scoresAt = (
  model: ScoringModel,
  counted: readonly Term[],
  instants: readonly Date[],
): readonly bigint[] => {
  let heats: Heats = {};
  let next = 0;
  return instants.map((at) => {
    for (let term = counted[next]; term && term.fact.at <= at; term = counted[++next])
      heats = withHeat(heats, term.group, term.heat);
    return scoreUnits(model, heats, at);
  });
};

/** All that ever counted, without decay, caps or damping, in points: what a relationship has been worth over its life. */
export const lifetimePoints = (counted: readonly Term[], at: Date): number =>
  counted.reduce((sum, { fact, weight, factor }) => (fact.at <= at ? sum + weight * factor : sum), 0);
