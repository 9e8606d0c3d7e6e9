import { fitGrades, type Fit, type FitGrade, type FitModel } from '#libs/fit';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { conditions } from './conditions.js';
import type { CriteriaScope } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import { A_MUST, fitGradeSql, fitRankSql, gradeOfRankSql } from './fit-sql.js';
import { allPeople } from './person.js';

/** How many of those found have a grade and are in a band. */
export interface FitCell {
  readonly grade: FitGrade;
  /** One of the bands that a scoring model knows. */
  readonly band: string;
  readonly count: number;
}

/** How well each of these people fits, by the ids that their rows are under. */
export const fitOfEach = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  model: FitModel,
  now: Date,
): Promise<ReadonlyMap<string, Fit>> => {
  const p = new Parameters();
  const rank = fitRankSql(model, { p, now });
  const rows = await sql.query<{ candidate_id: string; rank: number; grade: FitGrade }>(
    `SELECT candidate_id, rank, ${gradeOfRankSql(model, 'rank')} AS grade
     FROM (SELECT t.candidate_id, ${rank} AS rank FROM ${allPeople}
       WHERE t.candidate_id = ANY(${p.add(candidateIds)}::uuid[]) OFFSET 0) ranked`,
    p.values,
  );
  return new Map(
    rows.map(({ candidate_id, rank: ranked, grade }) => [
      candidate_id,
      { score: ((ranked % A_MUST) + A_MUST) % A_MUST, grade, lacksMust: ranked < 0 },
    ]),
  );
};

/** How those whom a search finds divide up by fit and by engagement, which no number says at once: every grade, the best first. */
export const countFitGrid = async (
  sql: SqlExecutor,
  criteria: TalentCriteria & Required<Pick<TalentCriteria, 'fit'>>,
  scope: Omit<CriteriaScope, 'p'>,
): Promise<readonly FitCell[]> => {
  const { warmth } = scope.elsewhere ?? {};
  if (!warmth) throw new Error('In which band somebody is, the engagement read model has to tell.');
  const p = new Parameters();
  const at = `${p.add(scope.now)}::timestamptz`;
  const where = ['true', ...conditions(criteria, { ...scope, p })].join(' AND ');
  const cells = await sql.query<FitCell>(
    `SELECT grade, band, count(*)::integer AS count
     FROM (SELECT ${fitGradeSql(criteria.fit.model, { ...scope, p })} AS grade, ${warmth.band('s', at)} AS band
       FROM ${allPeople} LEFT JOIN ${warmth.table} s ON s.candidate_id = t.candidate_id WHERE ${where}) found
     GROUP BY grade, band`,
    p.values,
  );
  return cells.toSorted((a, b) => fitGrades.indexOf(a.grade) - fitGrades.indexOf(b.grade));
};
