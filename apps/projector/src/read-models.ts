import { candidatesEventDefinitions, customFieldsEventDefinitions } from '#libs/candidates';
import { messageWatchEventDefinitions } from '#libs/classification';
import { fitEventDefinitions } from '#libs/fit';
import { hygieneEventDefinitions } from '#libs/hygiene';
import { identityEventDefinitions } from '#libs/identity';
import type { EventDefinition } from '#libs/kernel';
import { poolsEventDefinitions } from '#libs/pools';
import { savedSearchesEventDefinitions } from '#libs/saved-searches';
import { scoringEventDefinitions } from '#libs/scoring';
import { segmentEventDefinitions } from '#libs/segment-watch';
import { signUpEventDefinitions } from '#libs/sign-up';
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

/** Every event type that they may meet; what isn't here is passed over and remembered. */
export const eventDefinitions: readonly EventDefinition[] = [
  ...candidatesEventDefinitions,
  ...customFieldsEventDefinitions,
  ...identityEventDefinitions,
  ...poolsEventDefinitions,
  ...savedSearchesEventDefinitions,
  ...signUpEventDefinitions,
  ...scoringEventDefinitions,
  ...fitEventDefinitions,
  // No read model is made of them, but they're no strangers.
  ...messageWatchEventDefinitions,
  ...segmentEventDefinitions,
  ...hygieneEventDefinitions,
];
