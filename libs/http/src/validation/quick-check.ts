import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';

type AnyClass = new (...args: never[]) => object;
type Condition = (object: object, value: unknown) => boolean;

interface Check {
  readonly constraint: ValidatorConstraintInterface;
  /** Whether it's about each item of a list. */
  readonly each: boolean;
  readonly condition: Condition | undefined;
  readonly constraints: unknown[];
}

/** What one property must be. */
interface Rule {
  readonly property: string;
  /** Unless all hold, nothing else is asked. */
  readonly conditions: readonly Condition[];
  readonly checks: readonly Check[];
  /** Whether its value, or each item of it, is an object of a class with rules of its own. */
  readonly isNested: boolean;
}

type Rules = ReadonlyMap<string, Rule>;

const understood = new Set<string>([
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.IS_DEFINED,
  ValidationTypes.CONDITIONAL_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.WHITELIST,
]);

/** Undefined for a class that has no rules, or some that only class-validator itself understands. */
const rulesFor = (dto: AnyClass): Rules | undefined => {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(dto, '', false, false);
  if (all.length === 0 || all.some(({ type }) => !understood.has(type))) return undefined;
  const rules = new Map<string, Rule>();
  for (const [property, declared] of Object.entries(storage.groupByPropertyName(all))) {
    const checks: Check[] = [];
    for (const { type, constraintCls, each, validateIf, constraints } of declared) {
      if (type !== ValidationTypes.CUSTOM_VALIDATION && type !== ValidationTypes.IS_DEFINED) continue;
      for (const { instance, async: isAsync } of storage.getTargetValidatorConstraints(constraintCls)) {
        if (isAsync) return undefined;
        checks.push({ constraint: instance, each, condition: validateIf, constraints });
      }
    }
    rules.set(property, {
      property,
      conditions: declared
        .filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION)
        .map(({ constraints: [condition] }) => condition as Condition),
      checks,
      isNested: declared.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION),
    });
  }
  return rules;
};

/** Decorators are there once their class is; class-validator looks them up anew for each value. */
const known = new WeakMap<object, Rules | null>();

const rulesOf = (object: object): Rules | null => {
  const dto = object.constructor as AnyClass | undefined;
  // Without a prototype it's of no class.
  if (typeof dto !== 'function') return null;
  let rules = known.get(dto);
  if (rules === undefined) {
    rules = rulesFor(dto) ?? null;
    known.set(dto, rules);
  }
  return rules;
};

const passes = (check: Check, { property }: Rule, object: object, value: unknown): boolean => {
  if (check.condition && !check.condition(object, value)) return true;
  const { constraint, constraints } = check;
  const about = { targetName: object.constructor.name, property, object, value, constraints };
  // Not what only looks true, such as a promise.
  if (check.each && Array.isArray(value)) return value.every((item) => constraint.validate(item, about) === true);
  return constraint.validate(value, about) === true;
};

const nestedIsGood = (value: unknown): boolean => {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(nestedIsGood);
  return typeof value === 'object' && value !== null && isSurelyGood(value);
};

const follows = (object: object, rule: Rule): boolean => {
  const value: unknown = (object as Record<string, unknown>)[rule.property];
  for (const condition of rule.conditions) if (!condition(object, value)) return true;
  for (const check of rule.checks) if (!passes(check, rule, object, value)) return false;
  return !rule.isNested || nestedIsGood(value);
};

/**
 * Whether class-validator would find nothing wrong with an instance of a DTO class, unknown fields among it. It asks the same
 * decorators, and looks them up once a class. False says nothing: what's wrong, if anything is, only class-validator tells.
 */
export const isSurelyGood = (object: object): boolean => {
  const rules = rulesOf(object);
  if (!rules) return false;
  for (const name of Object.keys(object)) if (!rules.has(name)) return false;
  for (const rule of rules.values()) if (!follows(object, rule)) return false;
  return true;
};
