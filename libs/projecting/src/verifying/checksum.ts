import type { LogPosition } from '#libs/kernel';
import { identifier, type Database, type TableSpec, type Transaction } from '#libs/read-store';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { generationTables, targetOf, type TableNames } from '../generations/table-names.js';
import type { Projection } from '../projection.js';
import { createHash } from 'node:crypto';

/** What's in one table: how many rows, and the sum of a 128-bit hash of each, which doesn't depend on their order. */
export interface TableChecksum {
  readonly table: string;
  readonly rows: bigint;
  readonly sum: string;
}

export interface ProjectionChecksum {
  /** SHA-256 over all tables, as hex: equal for equal rows. */
  readonly hash: string;
  readonly tables: readonly TableChecksum[];
}

const tableSql = (names: TableNames, table: TableSpec): string => {
  const row = Object.keys(table.columns)
    .map((name) => `t.${identifier(name)}`)
    .join(', ');
  const half = (from: number): string => `sum(('x' || substr(h, ${from}, 16))::bit(64)::bigint::numeric)`;
  return `SELECT count(*)::text AS rows, coalesce(${half(1)} || '/' || ${half(17)}, '') AS sum
          FROM (SELECT md5(ROW(${row})::text) AS h FROM ${targetOf(names, table)} t) r`;
};

const checksumIn = async (tx: Transaction, projection: Projection, names: TableNames): Promise<ProjectionChecksum> => {
  // Times as text depend on it.
  await tx.query(`SET LOCAL TimeZone = 'UTC'`);
  const tables: TableChecksum[] = [];
  for (const table of projection.tables) {
    const [found] = await tx.query<{ rows: string; sum: string }>(tableSql(names, table));
    tables.push({ table: table.name, rows: BigInt(found?.rows ?? 0), sum: found?.sum ?? '' });
  }
  const text = tables.map(({ table, rows, sum }) => `${table} ${rows} ${sum}`).join('\n');
  return { hash: createHash('sha256').update(text).digest('hex'), tables };
};

const SNAPSHOT = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** A checksum over all rows of a projection, as of one moment. Two sets of tables with the same rows have the same. */
export const checksum = (database: Database, projection: Projection, names: TableNames): Promise<ProjectionChecksum> =>
  database.transaction(async (tx) => {
    await tx.query(SNAPSHOT);
    return checksumIn(tx, projection, names);
  });

/** The checksum of the live rows together with how far in the log they are, both of one moment. Undefined without live rows of this version. */
export const liveChecksum = (
  database: Database,
  projection: Projection,
): Promise<{ readonly position: LogPosition; readonly checksum: ProjectionChecksum } | undefined> =>
  database.transaction(async (tx) => {
    await tx.query(SNAPSHOT);
    const known = await readCheckpoints(tx, projection.name);
    const live = known.find((one) => one.generation === 'live' && one.version === projection.version);
    if (!live) return undefined;
    return { position: live.position, checksum: await checksumIn(tx, projection, generationTables(live)) };
  });
