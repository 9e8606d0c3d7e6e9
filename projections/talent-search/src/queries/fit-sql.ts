import type { FitModel } from '#libs/fit';
import { criteriaSql, type CriteriaScope } from './criteria-sql.js';

/** More than any model has points. */
export const A_MUST = 1_000_000;

/** Less `A_MUST` once, of a number that's less it for each rule that isn't met and must be. Each rule is looked at once. */
const lessAMustOnce = (sum: string): string =>
  `(SELECT CASE WHEN fit_sum.points < 0 THEN (fit_sum.points % ${A_MUST} + ${A_MUST}) % ${A_MUST} - ${A_MUST} ELSE fit_sum.points END
    FROM (SELECT ${sum} AS points OFFSET 0) fit_sum)`;

/**
 * How well the person of a row of `talent` fits, as one whole number that's never null: the points of the rules that are met, less
 * `A_MUST` if any isn't that must be. So the order is: who lacks nothing first, then by points, however much they lack.
 */
export const fitRankSql = ({ rules }: FitModel, { p, now }: Pick<CriteriaScope, 'p' | 'now'>): string => {
  const scope = { p, now, ofRows: true };
  const values = rules.map(
    ({ where, points, must }) => `CASE WHEN ${criteriaSql(where, scope)} THEN ${points} ELSE ${must ? -A_MUST : 0} END`,
  );
  const sum = `(${values.join(' + ')})`;
  return rules.filter(({ must }) => must).length > 1 ? lessAMustOnce(sum) : sum;
};

/** The grade that a rank comes to. */
export const gradeOfRankSql = ({ grades: { A, B, C } }: FitModel, rank: string): string =>
  `CASE WHEN ${rank} >= ${A} THEN 'A' WHEN ${rank} >= ${B} THEN 'B' WHEN ${rank} >= ${C} THEN 'C' ELSE 'D' END`;

/** The grade of the person of a row of `talent`. */
export const fitGradeSql = (model: FitModel, scope: Pick<CriteriaScope, 'p' | 'now'>): string =>
  `(SELECT ${gradeOfRankSql(model, 'fit_rank.rank')} FROM (SELECT ${fitRankSql(model, scope)} AS rank OFFSET 0) fit_rank)`;
