import type { Criteria } from '../language/criteria.js';
import { between, complement, intersection, union, type IntervalSet } from '../time/interval-set.js';
import { leafMembership } from './leaf-membership.js';
import type { PersonHistory } from './person-history.js';

const whenTrue = (criteria: Criteria, history: PersonHistory): IntervalSet => {
  if ('and' in criteria) return intersection(...criteria.and.map((part) => whenTrue(part, history)));
  if ('or' in criteria) return union(...criteria.or.map((part) => whenTrue(part, history)));
  if ('not' in criteria) return complement(whenTrue(criteria.not, history));
  return leafMembership(criteria, history);
};

/** When somebody fulfils criteria, past and future; the future as it comes if nothing else happens. */
export const membership = (criteria: Criteria, history: PersonHistory): IntervalSet =>
  intersection(whenTrue(criteria, history), between(history.since, Infinity));
