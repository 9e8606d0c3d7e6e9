import { leavesOf, limits, parseCriteria } from '#libs/criteria';
import { err, ok, UNWRITABLE, unwritableTexts, type Result } from '#libs/kernel';
import { Errors } from 'typebox/value';
import { attributeProblems, protectedProblems, type FitModelProblem } from './asked-attributes.js';
import { fitModelSchema, mostPoints, type FitModel, type FitRule } from './fit-model.js';

const inCriteria = /^\/rules\/\d+\/where\//;
/** Where a text is that no store takes; those of criteria are theirs to find. */
const textProblems = (model: FitModel): FitModelProblem[] =>
  unwritableTexts(model)
    .filter((path) => !inCriteria.test(path))
    .map((path) => ({ path, message: UNWRITABLE }));

const criteriaProblems = ({ where }: FitRule, at: string): FitModelProblem[] => {
  const personal = protectedProblems(where);
  const parsed = parseCriteria(where);
  const others = parsed.ok
    ? attributeProblems(parsed.value)
    : parsed.error
        .map(({ pointer, detail }) => ({ path: pointer, message: detail }))
        // That what's protected isn't known either, nobody has to be told beside it.
        .filter(({ path }) => !personal.some((one) => one.path === path || one.path.startsWith(`${path}/`)));
  return [...personal, ...others].map(({ path, message }) => ({ path: `${at}/where${path}`, message }));
};

/** What a schema can't say of a whole model whose rules can be read. */
const contradictions = (model: FitModel): FitModelProblem[] => {
  const { rules, grades } = model;
  const problems: FitModelProblem[] = [];
  const add = (path: string, message: string): void => void problems.push({ path, message });
  const labels = new Set<string>();
  for (const [n, { label }] of rules.entries()) {
    if (label.trim() === '') add(`/rules/${n}/label`, 'must not be blank');
    if (labels.has(label)) add(`/rules/${n}/label`, 'is another rule’s already');
    labels.add(label);
  }
  const conditions = rules.reduce((sum, { where }) => sum + leavesOf(where).length, 0);
  if (conditions > limits.conditions) add('/rules', `must not have more than ${limits.conditions} conditions in all`);
  if (grades.A > mostPoints(model))
    add('/grades/A', `must not be more than the points of all rules, ${mostPoints(model)}`);
  if (grades.B >= grades.A) add('/grades/B', 'must be less than A');
  if (grades.C >= grades.B) add('/grades/C', 'must be less than B');
  return problems;
};

/** A model from JSON, or everything that's wrong with it, and where: also each attribute that no model may know. */
export const parseFitModel = (value: unknown): Result<FitModel, readonly FitModelProblem[]> => {
  const faults = Errors(fitModelSchema, value)
    // Which member it is that's too many, another one says.
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .map(({ keyword, instancePath, message }) => ({
      path: instancePath,
      message: keyword === 'boolean' ? "isn't known" : message,
    }));
  if (faults.length > 0) return err(faults);
  const model = value as FitModel;
  const unreadable = [
    ...textProblems(model),
    ...model.rules.flatMap((rule, n) => criteriaProblems(rule, `/rules/${n}`)),
  ];
  if (unreadable.length > 0) return err(unreadable);
  const contradicting = contradictions(model);
  return contradicting.length > 0 ? err(contradicting) : ok(model);
};
