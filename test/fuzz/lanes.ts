import fc from 'fast-check';
import type { Operation } from './documents.js';
import type { FuzzedApps } from './fuzzed-apps.js';
import { requestPlans } from './plans.js';

export interface FoundFault {
  readonly key: string;
  /** Of the smallest request that shows it. */
  readonly text: string;
  /** With which the same requests are made again. */
  readonly seed: number;
  times: number;
}

class FaultError extends Error {}

export interface LaneOptions {
  readonly seed: number;
  readonly requests: number;
  /** How many are under way at once. */
  readonly lanes: number;
  /** All, unless some are named. */
  readonly operations?: readonly Operation[];
}

/**
 * Sends so many generated requests, several at once. A fault is shrunk to a small request that shows it, while the
 * other lanes go on; each kind of fault is told once.
 */
export const runLanes = async (
  apps: FuzzedApps,
  { seed, requests, lanes, operations = apps.operations }: LaneOptions,
): Promise<FoundFault[]> => {
  const plans = requestPlans(operations);
  const found = new Map<string, FoundFault & { readonly lane: number }>();
  const left = (): number => requests - apps.journal.requests;

  const lane = async (number: number): Promise<void> => {
    for (let round = 0; left() > 0; round++) {
      const own = seed + number + round * lanes;
      let searching: string | undefined;
      const property = fc.asyncProperty(plans, async (plan) => {
        for (const { key, text } of await apps.run(plan)) {
          const known = found.get(key);
          if (known) known.times++;
          if (known && key !== searching) continue;
          searching ??= key;
          if (key === searching) {
            found.set(key, { key, text, seed: own, times: (known?.times ?? 0) + (known ? 0 : 1), lane: number });
            throw new FaultError(key);
          }
        }
      });
      await fc.check(property, { seed: own, numRuns: Math.max(1, Math.ceil(left() / lanes)) });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return [...found.values()];
};
