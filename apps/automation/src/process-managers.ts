import { messageWatch } from '#libs/classification';
import { hygieneRun, type HygieneSources } from '#libs/hygiene';
import { segmentWatch, type WatchSources } from '#libs/segment-watch';
import { signUpAdmission } from '#libs/sign-up-intake';
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
