import type { LogPosition } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import type { Projection } from '../projection.js';
import { liveChecksum, type ProjectionChecksum } from './checksum.js';
import { oneAtATime } from './one-at-a-time.js';
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

type Progress = (reached: LogPosition, goal: LogPosition) => void;

/**
 * Folds the log anew, once for all these read models, each up to where its live rows are, and compares all rows. Those that
 * differ are compared once more if keys were destroyed meanwhile: what they sealed was read by the live rows, and isn't any
 * more. Throws VerifyUnderWayError.
 * @param onProgress as `rebuildAll` tells it
 */
export const compareWithLog = (
  source: RebuildSource,
  projections: readonly Projection[],
  onProgress?: Progress,
): Promise<readonly Comparison[]> =>
  oneAtATime(source.database, async () => {
    const begun = await nowOf(source.database);
    const compared = await compareOnce(source, projections, onProgress);
    const differing = compared.flatMap(({ projection, outcome }) => (outcome === 'different' ? [projection] : []));
    if (differing.length === 0 || !(await keysDestroyedSince(source.database, begun))) return compared;
    const again = await compareOnce(source, differing, onProgress);
    return compared.map((one) => again.find(({ projection }) => projection === one.projection) ?? one);
  });

const nowOf = async (sql: SqlExecutor): Promise<Date | undefined> =>
  (await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now'))[0]?.now;

/** Or in the minute before: a process may go on using a destroyed key for half a minute, and rows may not be that far yet. */
const keysDestroyedSince = async (sql: SqlExecutor, since: Date | undefined): Promise<boolean> => {
  const found = await sql.query(
    `SELECT FROM vault.subject_keys WHERE destroyed_at > $1::timestamptz - interval '1 minute' LIMIT 1`,
    [since],
  );
  return found.length > 0;
};

const compareOnce = async (
  source: RebuildSource,
  projections: readonly Projection[],
  onProgress?: Progress,
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
