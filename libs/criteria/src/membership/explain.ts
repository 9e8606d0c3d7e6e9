import type { Criteria } from '../language/criteria.js';
import type { Leaf } from '../language/leaves.js';
import { contains, lastChange, nextChange } from '../time/interval-set.js';
import { factsOf, leafMembership, whenInWindow } from './leaf-membership.js';
import { membership } from './membership.js';
import type { HistoryFact, PersonHistory } from './person-history.js';

/** One condition at an instant. */
export interface ConditionState {
  /** Where it stands in the criteria: a JSON pointer. */
  readonly pointer: string;
  readonly condition: Leaf;
  readonly holds: boolean;
  /** Since when it's been so; null: as long as there's been anything. Epoch ms. */
  readonly since: number | null;
  /** When it changes if nothing else happens; null: never. */
  readonly nextChange: number | null;
  /** What lies in the window, of an event condition; fewer than asked for don't make it hold. */
  readonly facts: readonly HistoryFact[];
}

/** Why somebody is in, or isn't. */
export interface Explanation {
  readonly member: boolean;
  readonly since: number | null;
  readonly nextChange: number | null;
  readonly conditions: readonly ConditionState[];
}

/** Somebody came in or went, and the conditions that changed at that instant. */
export interface MembershipChange {
  readonly at: number;
  readonly change: 'entered' | 'left';
  /** JSON pointers of conditions; none where the person became known with all of them as they are. */
  readonly because: readonly string[];
}

/** The conditions of criteria and where each stands. */
export const leavesOf = (criteria: Criteria, pointer = ''): { readonly pointer: string; readonly leaf: Leaf }[] => {
  if ('and' in criteria) return criteria.and.flatMap((part, n) => leavesOf(part, `${pointer}/and/${n}`));
  if ('or' in criteria) return criteria.or.flatMap((part, n) => leavesOf(part, `${pointer}/or/${n}`));
  if ('not' in criteria) return leavesOf(criteria.not, `${pointer}/not`);
  return [{ pointer, leaf: criteria }];
};

/** Why somebody fulfils criteria at an instant, or doesn't, condition by condition. */
export const explain = (criteria: Criteria, history: PersonHistory, at: number): Explanation => {
  const whole = membership(criteria, history);
  return {
    member: contains(whole, at),
    since: lastChange(whole, at),
    nextChange: nextChange(whole, at),
    conditions: leavesOf(criteria).map(({ pointer, leaf }) => {
      const when = leafMembership(leaf, history);
      const facts =
        'happened' in leaf ? factsOf(leaf, history).filter((fact) => contains(whenInWindow(fact, leaf), at)) : [];
      return {
        pointer,
        condition: leaf,
        holds: contains(when, at),
        since: lastChange(when, at),
        nextChange: nextChange(when, at),
        facts: facts.toSorted((a, b) => a.at - b.at),
      };
    }),
  };
};

/** When somebody came in and went, up to an instant, and why. */
export const membershipChanges = (
  criteria: Criteria,
  history: PersonHistory,
  until: number,
): readonly MembershipChange[] => {
  const leaves = leavesOf(criteria).map(({ pointer, leaf }) => ({ pointer, when: leafMembership(leaf, history) }));
  return membership(criteria, history)
    .flatMap(({ from, to }) => [
      { at: from, change: 'entered' as const },
      { at: to, change: 'left' as const },
    ])
    .filter(({ at }) => at <= until)
    .map(({ at, change }) => ({
      at,
      change,
      because: leaves.filter(({ when }) => when.some(({ from, to }) => from === at || to === at)).map((l) => l.pointer),
    }));
};
