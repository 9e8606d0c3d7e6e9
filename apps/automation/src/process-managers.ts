import { candidatesEventDefinitions, customFieldsEventDefinitions } from '#libs/candidates';
import { messageWatch, messageWatchEventDefinitions } from '#libs/classification';
import { fitEventDefinitions } from '#libs/fit';
import type { EventDefinition } from '#libs/kernel';
import { hygieneEventDefinitions, hygieneRun, type HygieneSources } from '#libs/hygiene';
import { identityEventDefinitions } from '#libs/identity';
import { poolsEventDefinitions } from '#libs/pools';
import { savedSearchesEventDefinitions } from '#libs/saved-searches';
import { scoringEventDefinitions } from '#libs/scoring';
import { segmentEventDefinitions, segmentWatch, type WatchSources } from '#libs/segment-watch';
import { signUpEventDefinitions } from '#libs/sign-up';
import { signUpAdmission, signUpAdmissionEventDefinitions } from '#libs/sign-up-intake';
import type { ProcessManager } from '#libs/reacting';

/** What those read who take more than events. */
export interface ManagerSources {
  readonly segments: WatchSources;
  readonly hygiene: HygieneSources;
}

/** Every process manager that this program works for. */
export const processManagers =
  (options: { readonly judgeAfterMilliseconds?: number } = {}) =>
  (sources: ManagerSources): readonly ProcessManager[] => [
    messageWatch(options.judgeAfterMilliseconds),
    signUpAdmission,
    segmentWatch(sources.segments),
    hygieneRun(sources.hygiene),
  ];

/** Every event type that they read or write. */
export const eventDefinitions: readonly EventDefinition[] = [
  ...candidatesEventDefinitions,
  ...identityEventDefinitions,
  ...customFieldsEventDefinitions,
  ...poolsEventDefinitions,
  ...savedSearchesEventDefinitions,
  ...signUpEventDefinitions,
  ...scoringEventDefinitions,
  ...fitEventDefinitions,
  ...messageWatchEventDefinitions,
  ...signUpAdmissionEventDefinitions,
  ...segmentEventDefinitions,
  ...hygieneEventDefinitions,
];
