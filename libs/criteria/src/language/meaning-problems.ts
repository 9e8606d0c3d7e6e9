import type { CriteriaOrigin, CriteriaProblem } from './criteria-problem.js';
import type { AttributeLeaf, CustomLeaf, HappenedLeaf, LeafName, NearLeaf, NumberLeaf } from './leaves.js';
import { nearPlaceProblems, nearShapeProblems } from './near-problems.js';
import { titleWords } from './words.js';

const DAY = 'YYYY-MM-DD';

/**
 * Whether a calendar or a clock shows it; texts are of UTC. JavaScript takes 30 February for 2 March, and so did criteria that
 * were stored.
 */
const isDate = (text: string, origin: CriteriaOrigin): boolean => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return false;
  return origin === 'store' || at.toISOString().startsWith(text.slice(0, DAY.length));
};
const happenedProblems = ({ happened }: HappenedLeaf, at: string, origin: CriteriaOrigin): CriteriaProblem[] => {
  const { ago, from, to, role } = happened;
  const problems: CriteriaProblem[] = [];
  const add = (member: string, detail: string): void =>
    void problems.push({ pointer: `${at}/happened${member}`, detail });
  if (ago && (from !== undefined || to !== undefined)) add('/ago', 'cannot be given together with from and to');
  if (from !== undefined && !isDate(from, origin)) add('/from', 'is not a date that there is');
  if (to !== undefined && !isDate(to, origin)) add('/to', 'is not a date that there is');
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to)) add('/to', 'must be after from');
  if (role !== undefined && titleWords(role).length === 0) add('/role', 'must have a letter or a digit');
  const units = ago?.to && ago && 'months' in ago.from === 'months' in ago.to;
  if (units) {
    const amount = (p: { months?: number; days?: number }): number => p.months ?? p.days ?? 0;
    if (amount(ago.from) <= amount(ago.to!)) add('/ago/from', 'must be more than to: it is longer ago');
  }
  return problems;
};

const customProblems = (
  { is, known, atLeast, below }: CustomLeaf,
  at: string,
  origin: CriteriaOrigin,
): CriteriaProblem[] => {
  const isRange = atLeast !== undefined || below !== undefined;
  if ([is !== undefined, known !== undefined, isRange].filter(Boolean).length !== 1)
    return [{ pointer: at, detail: 'must have is, known, or atLeast, below or both' }];
  const unreal = (['atLeast', 'below'] as const).find((name) => {
    const bound = name === 'atLeast' ? atLeast : below;
    return typeof bound === 'string' && !isDate(bound, origin);
  });
  if (unreal) return [{ pointer: `${at}/${unreal}`, detail: 'is not a date that there is' }];
  if (atLeast === undefined || below === undefined) return [];
  if (typeof atLeast !== typeof below)
    return [{ pointer: `${at}/below`, detail: 'must be a number or a date, as atLeast is' }];
  return atLeast < below ? [] : [{ pointer: `${at}/below`, detail: 'must be more than atLeast' }];
};

/** A city that was told apart once may have a namesake in a later list of places: what's stored means the larger one. */
const nearProblems = (leaf: NearLeaf, at: string, origin: CriteriaOrigin): CriteriaProblem[] => {
  const shape = nearShapeProblems(leaf);
  const problems = shape.length === 0 && origin === 'request' ? nearPlaceProblems(leaf) : shape;
  return problems.map((problem) => ({ pointer: `${at}/near${problem.at}`, detail: problem.detail }));
};

/** What a schema can't say. */
export const meaningProblems = (
  name: LeafName,
  node: object,
  at: string,
  origin: CriteriaOrigin,
): CriteriaProblem[] => {
  if (name === 'happened') return happenedProblems(node as HappenedLeaf, at, origin);
  if (name === 'custom') return customProblems(node as CustomLeaf, at, origin);
  if (name === 'near') return nearProblems(node as NearLeaf, at, origin);
  if (name === 'title' && titleWords((node as { title: string }).title).length === 0)
    return [{ pointer: `${at}/title`, detail: 'must have a letter or a digit' }];
  if (name === 'attribute') {
    const { is, known } = node as AttributeLeaf;
    if ((is === undefined) === (known === undefined)) return [{ pointer: at, detail: 'must have either is or known' }];
  }
  if (name === 'number') {
    const { atLeast, below } = node as NumberLeaf;
    if (atLeast === undefined && below === undefined)
      return [{ pointer: at, detail: 'must have atLeast, below or both' }];
    if (atLeast !== undefined && below !== undefined && atLeast >= below)
      return [{ pointer: `${at}/below`, detail: 'must be more than atLeast' }];
  }
  return [];
};
