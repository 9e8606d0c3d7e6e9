import { err, ok, UNWRITABLE, unwritableTexts, type Result } from '#libs/kernel';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { CriteriaOrigin, CriteriaProblem } from './criteria-problem.js';
import { limits, type Criteria } from './criteria.js';
import { leafSchemas, type LeafName } from './leaves.js';
import { TOO_LONG, tooLongLists, valuesIn } from './list-bounds.js';
import { meaningProblems } from './meaning-problems.js';

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

const textProblems = (leaf: object, at: string): CriteriaProblem[] =>
  unwritableTexts(leaf, at).map((pointer) => ({ pointer, detail: UNWRITABLE }));

/** Criteria can be wrong in thousands of places; this many tell enough. */
const MOST_PROBLEMS = 50;

class Parsing {
  readonly problems: CriteriaProblem[] = [];
  private conditions = 0;
  private values = 0;

  constructor(private readonly origin: CriteriaOrigin) {}

  check(node: unknown, at: string, depth: number): void {
    // Reported once, and not gone into: what's too large may be very large.
    if (this.conditions > limits.conditions || this.values > limits.values) return;
    if (this.problems.length >= MOST_PROBLEMS) return;
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
    const tooLong = tooLongLists(node);
    for (const list of tooLong) this.add(at + list, TOO_LONG);
    if (tooLong.length > 0) return;
    if (this.origin === 'request') this.values += valuesIn(node);
    if (this.values > limits.values)
      return this.add('', `must not have more than ${limits.values} values in all lists together`);
    for (const { pointer, detail } of this.problemsOf(kind, node, at)) this.add(pointer, detail);
  }

  private problemsOf(name: LeafName, node: object, at: string): readonly CriteriaProblem[] {
    const errors = this.errorsOf(name, node);
    return errors.length > 0
      ? withoutNoise(errors).map((error) => problemOf(at, error))
      : [...textProblems(node, at), ...meaningProblems(name, node, at, this.origin)];
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
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ pointer, detail });
  }
}

/** Criteria from outside, or what's wrong with them. */
export const parseCriteria = (
  input: unknown,
  origin: CriteriaOrigin = 'request',
): Result<Criteria, readonly CriteriaProblem[]> => {
  const parsing = new Parsing(origin);
  parsing.check(input, '', 1);
  return parsing.problems.length === 0 ? ok(input as Criteria) : err(parsing.problems);
};
