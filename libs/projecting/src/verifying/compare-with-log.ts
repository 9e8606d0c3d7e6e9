import type { LogPosition } from '#libs/kernel';
import type { Projection } from '../projection.js';
import { liveChecksum, type ProjectionChecksum } from './checksum.js';
import { rebuildAll, RebuildStoppedError, type RebuildSource } from './rebuild-into.js';

/** How the live rows of a read model stand to the log up to where they are. */
export interface Comparison {
  readonly projection: Projection;
  /** Undefined where there are no live rows of this version. */
  readonly live: { readonly position: LogPosition; readonly checksum: ProjectionChecksum } | undefined;
  /** `stopped`: the log has something that the read model can't take in, so that there's nothing to compare with. */
  readonly outcome: 'equal' | 'different' | 'stopped' | 'no-rows';
  /** How many events it took in. */
  readonly events: number;
  /** Of `stopped`, in words. */
  readonly reason?: string;
}

/**
 * Folds the log anew, once for all these read models, each up to where its live rows are, and compares all rows.
 * @param onProgress as `rebuildAll` tells it
 */
export const compareWithLog = async (
  source: RebuildSource,
  projections: readonly Projection[],
  onProgress?: (reached: LogPosition, goal: LogPosition) => void,
): Promise<readonly Comparison[]> => {
  const all: Pick<Comparison, 'projection' | 'live'>[] = [];
  for (const projection of projections) all.push({ projection, live: await liveChecksum(source.database, projection) });
  const targets = all.flatMap(({ projection, live }) =>
    live ? [{ projection, scratchSchema: `verify_${projection.name.replaceAll('-', '_')}`, upTo: live.position }] : [],
  );
  const rebuilt = await rebuildAll(source, targets, onProgress);
  const outcomes = new Map(targets.map(({ projection }, index) => [projection, rebuilt[index]]));
  return all.map((one): Comparison => {
    const outcome = outcomes.get(one.projection);
    if (!one.live || !outcome) return { ...one, outcome: 'no-rows', events: 0 };
    if (outcome instanceof RebuildStoppedError)
      return { ...one, outcome: 'stopped', events: 0, reason: outcome.message };
    const same = outcome.checksum.hash === one.live.checksum.hash;
    return { ...one, outcome: same ? 'equal' : 'different', events: outcome.events };
  });
};
