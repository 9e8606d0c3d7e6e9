import { err, ok, type Result } from '#libs/kernel';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { limits, type Criteria } from './criteria.js';
import {
  leafSchemas,
  type AttributeLeaf,
  type CustomLeaf,
  type HappenedLeaf,
  type LeafName,
  type NearLeaf,
  type NumberLeaf,
} from './leaves.js';
import { nearPlaceProblems, nearShapeProblems } from './near-problems.js';
import { UNWRITABLE, unwritableTexts } from './unwritable-texts.js';
import { titleWords } from './words.js';

/** What's wrong, and where: a JSON pointer into the criteria. Never with anything that came: what it was, nobody knows. */
export interface CriteriaProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What's stored was taken once: it stays readable, whatever requests are refused for by now. */
export type CriteriaOrigin = 'request' | 'store';

const ajv = new Ajv({ allErrors: true });
const names = Object.keys(leafSchemas) as LeafName[];
const checks = new Map<LeafName, ValidateFunction>();
/** Compiled when it's first needed: most processes read no criteria. */
const checkOf = (name: LeafName): ValidateFunction => {
  const check = checks.get(name) ?? ajv.compile(leafSchemas[name]);
  checks.set(name, check);
  return check;
};
const combiners = ['and', 'or', 'not'] as const;

const problemOf = (at: string, { instancePath, keyword, params, message }: ErrorObject): CriteriaProblem => {
  const detail =
    keyword === 'additionalProperties'
      ? "has a member that isn't known"
      : keyword === 'enum'
        ? `must be one of ${(params as { allowedValues: string[] }).allowedValues.join(', ')}`
        : (message ?? 'is not valid');
  return { pointer: at + instancePath, detail };
};

/** A period is one of two shapes; what each of them misses isn't worth three lines. */
const withoutNoise = (errors: readonly ErrorObject[]): ErrorObject[] => {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'anyOf' || !choices.some((at) => instancePath.startsWith(at)))
    .map((error) => (error.keyword === 'anyOf' ? { ...error, message: choiceMessage(error) } : error));
};

const choiceMessage = ({ instancePath }: ErrorObject): string =>
  /^\/(atLeast|below)$/.test(instancePath)
    ? 'must be a number or a date (YYYY-MM-DD)'
    : /^\/is\/\d+$/.test(instancePath)
      ? 'must be a text, a number, true or false'
      : 'must be { "months": 0 to 600 } or { "days": 0 to 18300 }, whole numbers';

/** Bounds of a number, which criteria had none of once. */
const isNewerBound = (name: LeafName, { keyword }: ErrorObject): boolean =>
  name === 'number' && (keyword === 'minimum' || keyword === 'maximum');

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));

const happenedProblems = ({ happened }: HappenedLeaf, at: string): CriteriaProblem[] => {
  const { ago, from, to, role } = happened;
  const problems: CriteriaProblem[] = [];
  const add = (member: string, detail: string): void =>
    void problems.push({ pointer: `${at}/happened${member}`, detail });
  if (ago && (from !== undefined || to !== undefined)) add('/ago', 'cannot be given together with from and to');
  if (from !== undefined && !isDate(from)) add('/from', 'is not a date that there is');
  if (to !== undefined && !isDate(to)) add('/to', 'is not a date that there is');
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to)) add('/to', 'must be after from');
  if (role !== undefined && titleWords(role).length === 0) add('/role', 'must have a letter or a digit');
  const units = ago?.to && ago && 'months' in ago.from === 'months' in ago.to;
  if (units) {
    const amount = (p: { months?: number; days?: number }): number => p.months ?? p.days ?? 0;
    if (amount(ago.from) <= amount(ago.to!)) add('/ago/from', 'must be more than to: it is longer ago');
  }
  return problems;
};

const customProblems = ({ is, known, atLeast, below }: CustomLeaf, at: string): CriteriaProblem[] => {
  const isRange = atLeast !== undefined || below !== undefined;
  if ([is !== undefined, known !== undefined, isRange].filter(Boolean).length !== 1)
    return [{ pointer: at, detail: 'must have is, known, or atLeast, below or both' }];
  const unreal = (['atLeast', 'below'] as const).find((name) => {
    const bound = name === 'atLeast' ? atLeast : below;
    return typeof bound === 'string' && !isDate(bound);
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
const meaningProblems = (name: LeafName, node: object, at: string, origin: CriteriaOrigin): CriteriaProblem[] => {
  if (name === 'happened') return happenedProblems(node as HappenedLeaf, at);
  if (name === 'custom') return customProblems(node as CustomLeaf, at);
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

const textProblems = (leaf: object, at: string): CriteriaProblem[] =>
  unwritableTexts(leaf, at).map((pointer) => ({ pointer, detail: UNWRITABLE }));

class Parsing {
  readonly problems: CriteriaProblem[] = [];
  private conditions = 0;

  constructor(private readonly origin: CriteriaOrigin) {}

  check(node: unknown, at: string, depth: number): void {
    // Reported once, and not gone into: what's too large may be very large.
    if (this.conditions > limits.conditions) return;
    if (depth > limits.depth) return this.add(at, `must not lie more than ${limits.depth} deep`);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return this.add(at, 'must be an object');
    const kinds = [...combiners, ...names].filter((name) => Object.hasOwn(node, name));
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1)
      return this.add(at, `must have exactly one of ${[...combiners, ...names].join(', ')}`);
    if (kind === 'and' || kind === 'or' || kind === 'not') return this.checkCombined(node, kind, at, depth);
    this.conditions += 1;
    if (this.conditions > limits.conditions)
      return this.add('', `must not have more than ${limits.conditions} conditions`);
    const errors = this.errorsOf(kind, node);
    if (errors.length > 0) this.problems.push(...withoutNoise(errors).map((error) => problemOf(at, error)));
    else this.problems.push(...textProblems(node, at), ...meaningProblems(kind, node, at, this.origin));
  }

  private errorsOf(name: LeafName, node: object): ErrorObject[] {
    const valid = checkOf(name);
    if (valid(node)) return [];
    const errors = valid.errors ?? [];
    return this.origin === 'request' ? errors : errors.filter((error) => !isNewerBound(name, error));
  }

  private checkCombined(node: object, kind: (typeof combiners)[number], at: string, depth: number): void {
    const other = Object.keys(node).find((member) => member !== kind);
    if (other !== undefined) return this.add(at, "has a member that isn't known");
    const inner = (node as Record<string, unknown>)[kind];
    if (kind === 'not') return this.check(inner, `${at}/not`, depth + 1);
    if (!Array.isArray(inner) || inner.length === 0) return this.add(`${at}/${kind}`, 'must be a list of conditions');
    for (const [n, part] of inner.entries()) this.check(part, `${at}/${kind}/${n}`, depth + 1);
  }

  private add(pointer: string, detail: string): void {
    this.problems.push({ pointer, detail });
  }
}

/** Criteria from outside, or all that's wrong with them. */
export const parseCriteria = (
  input: unknown,
  origin: CriteriaOrigin = 'request',
): Result<Criteria, readonly CriteriaProblem[]> => {
  const parsing = new Parsing(origin);
  parsing.check(input, '', 1);
  return parsing.problems.length === 0 ? ok(input as Criteria) : err(parsing.problems);
};
