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

/** Every read model that this program keeps. */
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
