import { liveTable, readCheckpoints, type Projection } from '#libs/projecting';
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

const projections: readonly Projection[] = [
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

/** The names of the projections that this app answers from. */
export const readModels: readonly string[] = projections.map(({ name }) => name);

/**
 * Throws unless every projection is live and has its tables. The projector makes them when it first starts, and again after a
 * restore that left them out.
 */
export const assertReadModelsExist = async (database: SqlExecutor): Promise<void> => {
  const live = (await readCheckpoints(database)).filter(({ generation }) => generation === 'live');
  const missing = readModels.filter((name) => !live.some(({ projection }) => projection === name));
  if (missing.length > 0) throw new Error(`There is no read model ${missing.join(', ')} yet.`);
  const tables = projections.flatMap((projection) => projection.tables.map(liveTable));
  const [gone] = await database.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) name WHERE to_regclass(name) IS NULL LIMIT 1',
    [tables],
  );
  if (gone) throw new Error(`There is no ${gone.name} yet.`);
};
