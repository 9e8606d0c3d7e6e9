import { fitOf, isBetter, type Fit } from './fit.js';
import { fitGrades, type FitGrade, type FitModel } from './model/fit-model.js';

/** What the result would be if one rule came out the other way. */
export interface Variation extends Pick<Fit, 'score' | 'grade'> {
  readonly label: string;
  /** Whether the rule would be met. */
  readonly met: boolean;
}

/** What's missing for a better grade. */
export interface WayUp {
  readonly grade: FitGrade;
  /** Beside the rules that must be met; 0 where those alone are missing. */
  readonly missingPoints: number;
  /** As few rules as do it, those that must be met first, then the dearest. */
  readonly labels: readonly string[];
}

/** How each rule alone would change the result, in the order of the model. */
export const variations = (model: FitModel, met: readonly boolean[]): Variation[] =>
  model.rules.map(({ label }, n) => {
    const { score, grade } = fitOf(model, met.with(n, !met[n]));
    return { label, met: !met[n], score, grade };
  });

/** For each grade that's better than the present one, the nearest first: as few unmet rules as lead to it. */
export const waysUp = (model: FitModel, met: readonly boolean[]): WayUp[] => {
  const { score, grade: present } = fitOf(model, met);
  const unmet = model.rules.flatMap((rule, n) => (met[n] ? [] : [{ ...rule, n }]));
  const musts = unmet.filter(({ must }) => must === true);
  const others = unmet.filter(({ must }) => must !== true).toSorted((a, b) => b.points - a.points || a.n - b.n);
  const nearestFirst = fitGrades.filter((grade) => isBetter(grade, present)).toReversed();
  return nearestFirst.map((grade) => {
    const enough = model.grades[grade as Exclude<FitGrade, 'D'>];
    const taken = [...musts];
    let reached = musts.reduce((sum, { points }) => sum + points, score);
    for (const rule of others) {
      if (reached >= enough) break;
      taken.push(rule);
      reached += rule.points;
    }
    return { grade, missingPoints: Math.max(0, enough - score), labels: taken.map(({ label }) => label) };
  });
};
