import { fitGrades, fitModelRef, type Fit } from '#libs/fit';
import { invalidRequest } from '#libs/http';
import type { SqlExecutor } from '#libs/read-store';
import { bands } from '#libs/scoring';
import type { Standings } from '#projections/engagement';
import { countFitGrid, fitOfEach, type Elsewhere, type TalentCriteria } from '#projections/talent-search';
import type { FitGridDocument } from './fit.dto.js';

interface Found {
  readonly sql: SqlExecutor;
  readonly criteria: TalentCriteria;
  readonly now: Date;
  readonly elsewhere: Elsewhere;
}

/** Throws 400 where a grid is asked for, and no model says what fits. */
export const assertFitGrid = ({ fit, fitGrid }: { readonly fit?: object; readonly fitGrid?: boolean }): void => {
  if (fitGrid && !fit)
    throw invalidRequest([{ pointer: '/fitGrid', detail: 'can be true only together with fit, which names a model' }]);
};

/** How well those who were found fit, if the search names a model: none where it doesn't. */
export const foundFits = async (
  { sql, criteria: { fit }, now }: Found,
  people: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, Fit>> =>
  fit && people.length > 0
    ? fitOfEach(
        sql,
        people.map(({ id }) => id),
        fit.model,
        now,
      )
    : new Map();

/** All that a search finds by grade and band, empty cells too. */
export const fitGridOf = async ({ sql, criteria, ...scope }: Found, by: Standings): Promise<FitGridDocument> => {
  const { fit } = criteria;
  if (!fit) throw new Error('There is no grid of fit without a model.');
  const counted = await countFitGrid(sql, { ...criteria, fit }, scope);
  const countOf = (grade: string, band: string): number =>
    counted.find((cell) => cell.grade === grade && cell.band === band)?.count ?? 0;
  return {
    model: fitModelRef(fit.model),
    scoringModel: by.model.version,
    cells: fitGrades.flatMap((grade) => bands.map((band) => ({ grade, band, count: countOf(grade, band) }))),
  };
};
