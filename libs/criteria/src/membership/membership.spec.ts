import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Criteria } from '../language/criteria.js';
import type { CustomLeaf, HappenedLeaf, Leaf } from '../language/leaves.js';
import { parseCriteria } from '../language/parse-criteria.js';
import { before } from '../time/calendar.js';
import { contains, type IntervalSet } from '../time/interval-set.js';
import * as arbitrary from './arbitrary-criteria.fixture.js';
import { explain, membershipChanges } from './explain.js';
import { membership } from './membership.js';
import { unknownSince, type AttributeChange, type HistoryFact, type PersonHistory } from './person-history.js';

const HOUR = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

/** Only what was true at `t`, with no interval in sight. */
const lastOf = <T>(changes: readonly AttributeChange<T>[] | undefined, unknown: T, t: number): T =>
  (changes ?? []).findLast((change) => change.at <= t)?.value ?? unknown;
const liesIn = (fact: HistoryFact, { happened }: HappenedLeaf, t: number): boolean => {
  const { kinds, byPerson, topic, role, series, ago, from } = happened;
  if (fact.at > t) return false;
  if (kinds && !kinds.includes(fact.kind)) return false;
  if (byPerson !== undefined && fact.byPerson !== byPerson) return false;
  if (topic && fact.topic !== topic) return false;
  if (role && !fact.roleWords?.includes('engineer')) return false;
  if (series && fact.series !== 'meetup') return false;
  if (from && fact.at < at(from)) return false;
  return !ago || (fact.at >= before(t, ago.from) && (!ago.to || fact.at < before(t, ago.to)));
};
/** What the fixture's values of a field are called in its criteria. */
const customNames: Readonly<Record<string, unknown>> = { 'visa a': 'Visa A', 'visa b': 'visa b', '=true': true };
const customHolds = ({ custom, is, known, atLeast, below }: CustomLeaf, person: PersonHistory, t: number): boolean => {
  const state = lastOf(person.custom.get(custom), null, t);
  if (known !== undefined) return known ? state !== null : state === null;
  if (state === null) return false;
  if (is) return state.words.some((word) => (is as unknown[]).includes(customNames[word]));
  if (custom === 'free-from') return state.rank === '2026-02-28' && below === '2026-03-01';
  return Number(state.rank) >= Number(atLeast) && Number(state.rank) < Number(below);
};
const leafHolds = (leaf: Leaf, person: PersonHistory, t: number): boolean => {
  if ('happened' in leaf)
    return person.facts.filter((fact) => liesIn(fact, leaf, t)).length >= (leaf.happened.atLeast ?? 1);
  if ('title' in leaf) {
    const words = lastOf(person.title, [], t);
    return words.includes('engineer') && (leaf.title === 'engineers' || words.includes('software'));
  }
  if ('attribute' in leaf) {
    const values = lastOf(person.words[leaf.attribute], [], t);
    return leaf.is ? leaf.is.some((one) => values.includes(one)) : values.length > 0 === leaf.known;
  }
  if ('number' in leaf) {
    const value = lastOf(person.numbers[leaf.number], null, t);
    return value !== null && value >= leaf.atLeast! && value < leaf.below!;
  }
  if ('custom' in leaf) return customHolds(leaf, person, t);
  if ('near' in leaf) {
    const { city, latitude = city === 'Berlin' ? 52.52 : 30.27 } = leaf.near;
    return lastOf(person.place, null, t)?.latitude === latitude;
  }
  return lastOf(person.consents, [], t).length > 0;
};
const holds = (criteria: Criteria, person: PersonHistory, t: number): boolean => {
  if ('and' in criteria) return criteria.and.every((part) => holds(part, person, t));
  if ('or' in criteria) return criteria.or.some((part) => holds(part, person, t));
  if ('not' in criteria) return !holds(criteria.not, person, t);
  return leafHolds(criteria, person, t);
};
const edgesOf = (set: IntervalSet): number[] => set.flatMap(({ from, to }) => [from, to]).filter(isFinite);

/** "All software engineers in Austin who expressed interest in backend roles 6–12 months ago." */
const sentence: Criteria = {
  and: [
    { title: 'software engineers' },
    { attribute: 'city', is: ['Austin'] },
    { happened: { kinds: ['interest.expressed'], topic: 'backend', ago: { from: { months: 12 }, to: { months: 6 } } } },
  ],
};
const ada: PersonHistory = {
  ...unknownSince(at('2025-01-01T00:00:00Z')),
  title: [{ at: at('2025-01-01T00:00:00Z'), value: ['senior', 'software', 'engineer'] }],
  words: {
    city: [
      { at: at('2025-01-01T00:00:00Z'), value: ['austin'] },
      { at: at('2026-01-15T00:00:00Z'), value: ['berlin'] },
    ],
  },
  facts: [{ kind: 'interest.expressed', at: at('2025-03-10T09:00:00Z'), byPerson: true, topic: 'backend' }],
};

describe('Membership', () => {
  it('of software engineers in Austin who expressed interest in backend roles 6 to 12 months ago comes and goes by itself', () => {
    expect(parseCriteria(sentence)).toEqual({ ok: true, value: sentence });
    expect(membership(sentence, ada)).toEqual([
      { from: at('2025-09-10T09:00:00.001Z'), to: at('2026-01-15T00:00:00Z') },
    ]);
    const stayed = { ...ada, words: { city: ada.words.city!.slice(0, 1) } };
    expect(membership(sentence, stayed)).toEqual([
      { from: at('2025-09-10T09:00:00.001Z'), to: at('2026-03-10T09:00:00.001Z') },
    ]);
  });

  it('by a role without a letter, as older criteria may have it, is nobody’s', () => {
    const facts = [{ kind: 'interest.expressed', at: 1, byPerson: true, roleWords: ['backend'] }];
    const person = { ...unknownSince(0), facts };
    expect(membership({ happened: { role: 'Backend' } }, person)).not.toEqual([]);
    expect(membership({ happened: { role: '--' } }, person)).toEqual([]);
  });

  it('is what the criteria say of each instant, for any criteria and any history', () => {
    let members = 0;
    let others = 0;
    fc.assert(
      fc.property(
        arbitrary.criteria,
        arbitrary.histories,
        fc.array(arbitrary.instants, { minLength: 20, maxLength: 20 }),
        (criteria, person, sampled) => {
          const set = membership(criteria, person);
          const tried = [...sampled, ...edgesOf(set).flatMap((edge) => [edge - 1, edge, edge + HOUR])];
          for (const t of tried) {
            const expected = t >= person.since && holds(criteria, person, t);
            if (expected) members += 1;
            else others += 1;
            if (contains(set, t) !== expected) throw new Error(`${t} should be ${expected ? 'in' : 'out'}`);
          }
        },
      ),
      { numRuns: 4_000 },
    );
    expect(Math.min(members, others)).toBeGreaterThan(10_000);
  });

  it('takes only criteria that can be asked for', () => {
    fc.assert(
      fc.property(arbitrary.leaves, (leaf) => {
        const parsed = parseCriteria({ not: { not: leaf } });
        const refused = parsed.ok ? [] : parsed.error.map(({ pointer }) => pointer.split('/')[3]);
        expect(refused.every((part) => part === 'happened')).toBe(true);
      }),
    );
  });

  it('counts how often', () => {
    const twice: Criteria = { happened: { kinds: ['email.opened'], ago: { from: { days: 90 } }, atLeast: 2 } };
    const opened = (iso: string): HistoryFact => ({ kind: 'email.opened', at: at(iso), byPerson: false });
    const person = { ...unknownSince(0), facts: [opened('2026-01-01T00:00:00Z'), opened('2026-02-01T00:00:00Z')] };
    expect(membership(twice, person)).toEqual([
      { from: at('2026-02-01T00:00:00Z'), to: at('2026-04-01T00:00:00.001Z') },
    ]);
  });

  it('tells who has not been heard of for six months, also if never', () => {
    const silent: Criteria = { not: { happened: { byPerson: true, ago: { from: { months: 6 } } } } };
    const since = at('2026-01-01T00:00:00Z');
    const reply: HistoryFact = { kind: 'email.replied', at: at('2026-02-01T00:00:00Z'), byPerson: true };
    expect(membership(silent, unknownSince(since))).toEqual([{ from: since, to: Infinity }]);
    expect(membership(silent, { ...unknownSince(since), facts: [reply] })).toEqual([
      { from: since, to: at('2026-02-01T00:00:00Z') },
      { from: at('2026-08-01T00:00:00.001Z'), to: Infinity },
    ]);
  });
});

describe('The explanation', () => {
  it('names each condition, whether it holds, since when, until when, and the events behind it', () => {
    const told = explain(sentence, ada, at('2026-02-01T00:00:00Z'));
    expect(told).toMatchObject({ member: false, since: at('2026-01-15T00:00:00Z'), nextChange: null });
    expect(told.conditions.map(({ pointer, holds: held, nextChange }) => [pointer, held, nextChange])).toEqual([
      ['/and/0', true, null],
      ['/and/1', false, null],
      ['/and/2', true, at('2026-03-10T09:00:00.001Z')],
    ]);
    expect(told.conditions[2].facts).toEqual(ada.facts);
  });

  it('says when somebody came in and went, and which condition did it', () => {
    expect(membershipChanges(sentence, ada, at('2026-06-01T00:00:00Z'))).toEqual([
      { at: at('2025-09-10T09:00:00.001Z'), change: 'entered', because: ['/and/2'] },
      { at: at('2026-01-15T00:00:00Z'), change: 'left', because: ['/and/1'] },
    ]);
    expect(membershipChanges(sentence, ada, at('2025-12-01T00:00:00Z'))).toHaveLength(1);
  });

  it('always has a condition for a change, but for the one with which a person begins', () => {
    fc.assert(
      fc.property(arbitrary.criteria, arbitrary.histories, (criteria, person) => {
        const unexplained = membershipChanges(criteria, person, Infinity).filter(
          ({ at: then, because }) => isFinite(then) && then !== person.since && because.length === 0,
        );
        expect(unexplained).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
