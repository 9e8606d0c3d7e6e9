import { explain, type ConditionState, type PersonHistory } from '#libs/criteria';
import { fitGrades, mostPoints, type FitGrade, type FitModel, type FitRule } from './model/fit-model.js';

/** What the rules that somebody meets come to. */
export interface Fit {
  /** The points of the rules that are met, added up. */
  readonly score: number;
  readonly grade: FitGrade;
  /** Whether a rule isn't met that must be. */
  readonly lacksMust: boolean;
}

const gradeFrom = ({ grades }: FitModel, score: number): FitGrade =>
  score >= grades.A ? 'A' : score >= grades.B ? 'B' : score >= grades.C ? 'C' : 'D';

/** @param met for each rule of the model, whether it's met */
export const fitOf = (model: FitModel, met: readonly boolean[]): Fit => {
  const score = model.rules.reduce((sum, { points }, n) => sum + (met[n] ? points : 0), 0);
  const lacksMust = model.rules.some(({ must }, n) => must === true && !met[n]);
  return { score, grade: lacksMust ? 'D' : gradeFrom(model, score), lacksMust };
};

/** One rule, and what came of it. */
export interface RuleState extends Pick<FitRule, 'label' | 'points'> {
  readonly must: boolean;
  readonly met: boolean;
  /** The points that it adds: all of them, or none. */
  readonly value: number;
  /** Since when it's been so; null: as long as somebody has been known. Epoch ms. */
  readonly since: number | null;
  readonly conditions: readonly ConditionState[];
}

/** How well somebody fits at an instant, and why: the values of the rules add up to the score. */
export interface ExplainedFit extends Fit {
  /** What anybody can have. */
  readonly most: number;
  readonly rules: readonly RuleState[];
}

/** Undefined before somebody is known. */
export const explainFit = (model: FitModel, history: PersonHistory, at: number): ExplainedFit | undefined => {
  if (at < history.since) return undefined;
  const rules = model.rules.map(({ label, points, must = false, where }) => {
    const { member, since, conditions } = explain(where, history, at);
    return { label, points, must, met: member, value: member ? points : 0, since, conditions };
  });
  return {
    ...fitOf(
      model,
      rules.map(({ met }) => met),
    ),
    most: mostPoints(model),
    rules,
  };
};

export const isBetter = (one: FitGrade, other: FitGrade): boolean => fitGrades.indexOf(one) < fitGrades.indexOf(other);
