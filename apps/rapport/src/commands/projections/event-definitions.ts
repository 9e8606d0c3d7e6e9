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

/** Every event type that read models may meet, as the projector knows them: what's folded here is what it folds. */
export const eventDefinitions: readonly EventDefinition[] = [
  ...candidatesEventDefinitions,
  ...customFieldsEventDefinitions,
  ...identityEventDefinitions,
  ...poolsEventDefinitions,
  ...savedSearchesEventDefinitions,
  ...signUpEventDefinitions,
  ...scoringEventDefinitions,
  ...fitEventDefinitions,
  ...messageWatchEventDefinitions,
  ...segmentEventDefinitions,
  ...hygieneEventDefinitions,
];
