import { readCheckpoints } from '#libs/projecting';
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

/** The names of the projections that this app answers from. */
export const readModels: readonly string[] = [
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
].map(({ name }) => name);

/** Throws unless there are tables for every projection. The projector makes them when it first starts. */
export const assertReadModelsExist = async (database: SqlExecutor): Promise<void> => {
  const live = (await readCheckpoints(database)).filter(({ generation }) => generation === 'live');
  const missing = readModels.filter((name) => !live.some(({ projection }) => projection === name));
  if (missing.length > 0) throw new Error(`There is no read model ${missing.join(', ')} yet.`);
};
