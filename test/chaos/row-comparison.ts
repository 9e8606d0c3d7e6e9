import { checksum, generationTables, targetOf, type Projection } from '#libs/projecting';
import type { Database } from '#libs/read-store';

/** How two sets of tables of one projection differ. */
export interface TableDifference {
  readonly table: string;
  readonly rows: number;
  /** Rows, with how often each comes, that only the one has. */
  readonly missing: number;
  readonly surplus: number;
}

export interface Comparison {
  readonly tables: readonly TableDifference[];
  readonly sameChecksums: boolean;
}

/** Each row's digest, with how often it's there: what EXCEPT ALL compares, for tables of two databases. */
const rowsOf = async (database: Database, table: string): Promise<Map<string, number>> => {
  const rows = await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL TimeZone = 'UTC'`);
    return tx.query<{ row: string }>(`SELECT md5(t::text) AS row FROM ${table} t`);
  });
  const counts = new Map<string, number>();
  for (const { row } of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  return counts;
};

const without = (left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number => {
  let only = 0;
  for (const [row, count] of left) only += Math.max(0, count - (right.get(row) ?? 0));
  return only;
};

/** Compares all tables of the projections row by row, both ways, and by checksum. */
export const compareRows = async (
  disturbed: Database,
  undisturbed: Database,
  projections: readonly Projection[],
): Promise<Comparison> => {
  const tables: TableDifference[] = [];
  let sameChecksums = true;
  for (const projection of projections) {
    const names = generationTables({ version: projection.version, build: 1 });
    for (const spec of projection.tables) {
      const table = targetOf(names, spec);
      const [actual, expected] = [await rowsOf(disturbed, table), await rowsOf(undisturbed, table)];
      const rows = [...expected.values()].reduce((sum, count) => sum + count, 0);
      tables.push({ table: spec.name, rows, missing: without(expected, actual), surplus: without(actual, expected) });
    }
    const [one, other] = [await checksum(disturbed, projection, names), await checksum(undisturbed, projection, names)];
    sameChecksums &&= one.hash === other.hash;
  }
  return { tables, sameChecksums };
};
