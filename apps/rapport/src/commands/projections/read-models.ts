import type { Projection } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { customFieldsProjection } from '#projections/custom-fields';
import { duplicates } from '#projections/duplicates';
import { engagement } from '#projections/engagement';
import { fitModels } from '#projections/fit-models';
import { funnel } from '#projections/funnel';
import { hygieneProjection } from '#projections/hygiene';
import { identity } from '#projections/identity';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { savedSearchesProjection } from '#projections/saved-searches';
import { scoringModels } from '#projections/scoring-models';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import { readModelsByPublished } from '../published-models.js';

export const readModels: readonly Projection[] = [
  talentSearch,
  engagement,
  funnel,
  timeline,
  relationship,
  identity,
  poolsProjection,
  savedSearchesProjection,
  duplicates,
  scoringModels,
  fitModels,
  customFieldsProjection,
  hygieneProjection,
];

/** What those by published scoring models are called; which there are, the database knows. */
const byModel = /^engagement-m\d+$/;

const unknown = (name: string, known: readonly Projection[]): Error =>
  new Error(`There is no projection "${name}". Projections: ${known.map((one) => one.name).join(', ')}.`);

/** Throws an Error that lists the names for one that can't be there, before anything is opened. */
export const assertNames = (names: readonly string[]): void => {
  const wrong = names.find((name) => !byModel.test(name) && !readModels.some((projection) => projection.name === name));
  if (wrong !== undefined) throw unknown(wrong, readModels);
};

/**
 * The projections with these names, also by published scoring models; all of them for none. Throws an Error that lists the
 * names for one that isn't there.
 */
export const named = async (sql: SqlExecutor, names: readonly string[]): Promise<readonly Projection[]> => {
  const known = [...readModels, ...(await readModelsByPublished(sql))];
  const wrong = names.find((name) => !known.some((projection) => projection.name === name));
  if (wrong !== undefined) throw unknown(wrong, known);
  return names.length === 0 ? known : known.filter(({ name }) => names.includes(name));
};
