import {
  candidatesEventDefinitions,
  consentRulesEventDefinitions,
  customFieldsEventDefinitions,
} from '#libs/candidates';
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
import { signUpAdmissionEventDefinitions } from '#libs/sign-up-intake';

/**
 * Every event type that this release writes, of bounded contexts and of process managers. Each app knows all of them, also
 * those that it makes nothing of: a type that isn't here is a newer release's.
 */
export const eventCatalogue: readonly EventDefinition[] = [
  ...candidatesEventDefinitions,
  ...customFieldsEventDefinitions,
  ...consentRulesEventDefinitions,
  ...identityEventDefinitions,
  ...poolsEventDefinitions,
  ...savedSearchesEventDefinitions,
  ...signUpEventDefinitions,
  ...signUpAdmissionEventDefinitions,
  ...scoringEventDefinitions,
  ...fitEventDefinitions,
  ...messageWatchEventDefinitions,
  ...segmentEventDefinitions,
  ...hygieneEventDefinitions,
];
