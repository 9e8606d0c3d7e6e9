import { err, ok, type Result } from '#libs/kernel';
import type { PoolKind } from '#libs/pools';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { edgeOf, pageOf, type Page } from './pages.js';

export interface Pool {
  readonly poolId: string;
  readonly revision: number;
  readonly name: string;
  readonly kind: PoolKind;
  readonly purpose: string | null;
  readonly owner: string | null;
  readonly targetSize: number | null;
  readonly stages: readonly string[];
  readonly criteria: Readonly<Record<string, unknown>> | null;
  readonly watched: boolean;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly closedReason: string | null;
}

export interface PoolCriteria {
  readonly owner?: string;
  readonly kind?: PoolKind;
  /** Only those that are closed, or that aren't. */
  readonly closed?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

const columns = `pool_id AS "poolId", revision, name, kind, purpose, owner, target_size AS "targetSize", stages, criteria,
  watched, opened_at AS "openedAt", closed_at AS "closedAt", closed_reason AS "closedReason"`;

/** One pool; undefined where there's none. */
export const poolOf = async (sql: SqlExecutor, poolId: string): Promise<Pool | undefined> => {
  const [pool] = await sql.query<Pool>(`SELECT ${columns} FROM read.pools WHERE pool_id = $1`, [poolId]);
  return pool;
};

/** A page of the pools, by name. */
export const listPools = async (
  sql: SqlExecutor,
  { owner, kind, closed, limit, cursor }: PoolCriteria,
): Promise<Result<Page<Pool>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : edgeOf(cursor, 2);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const where = [
    ...(owner === undefined ? [] : [`owner = ${p.add(owner)}`]),
    ...(kind === undefined ? [] : [`kind = ${p.add(kind)}`]),
    ...(closed === undefined ? [] : [`closed_at IS ${closed ? 'NOT ' : ''}NULL`]),
    ...(edge ? [`(name, pool_id) > (${p.add(edge[0])}, ${p.add(edge[1])}::uuid)`] : []),
  ];
  const rows = await sql.query<Pool>(
    `SELECT ${columns} FROM read.pools ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
     ORDER BY name, pool_id LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  return ok(
    pageOf(
      rows,
      limit,
      (pool) => pool,
      ({ name, poolId }) => [name, poolId],
    ),
  );
};
