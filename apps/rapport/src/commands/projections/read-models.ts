import { withInstance } from '../../running/with-instance.js';
import { Database } from '#libs/read-store';
import type { Projection } from '#libs/projecting';
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

/** The projections with these names; all of them for none. Throws an Error that lists the names for one that isn't there. */
export const named = (names: readonly string[]): readonly Projection[] => {
  const unknown = names.find((name) => !readModels.some((projection) => projection.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no projection "${unknown}". Projections: ${readModels.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? readModels : readModels.filter(({ name }) => names.includes(name));
};

/** For commands that need nothing but the checkpoints. */
export const withDatabase = (work: (database: Database) => Promise<void>): Promise<void> =>
  withInstance(async ({ databaseUrl }) => {
    const database = new Database(databaseUrl, { max: 2, applicationName: 'rapport-projections' });
    try {
      await work(database);
    } finally {
      await database.close();
    }
  });
