import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel, type RowOf } from '#libs/projecting';
import { poolsProjection } from '../pools.projection.js';
import { poolMemberships, pools } from '../tables.js';
import { unitedStays, type PoolStay, type StaysAsked } from './pools-of-candidate.query.js';

type Membership = RowOf<typeof poolMemberships.columns>;

const lies = ({ joined_at, left_at }: Membership, at: Date | undefined): boolean =>
  at === undefined || (joined_at <= at && (left_at === null || left_at > at));

/**
 * As `poolsOfCandidate`, by the events of one person's memberships and of the pools, in the order of the log: by the fold
 * that makes the rows, so that a part of the log gives what was known then.
 */
export const staysFrom = (events: readonly StoredEvent[], { at, poolId }: StaysAsked = {}): PoolStay[] => {
  const model = new MemoryReadModel(poolsProjection);
  model.apply(events.filter(({ type }) => poolsProjection.handlers[type] !== undefined));
  const names = new Map(model.rows(pools).map(({ pool_id, name }) => [pool_id, name]));
  const stays = model
    .rows(poolMemberships)
    .filter((row) => lies(row, at) && (poolId === undefined || row.pool_id === poolId))
    .map((row) => ({
      poolId: row.pool_id,
      name: names.get(row.pool_id) ?? '',
      addedAs: row.candidate_id,
      stage: row.stage,
      joinedAt: row.joined_at,
      joinedBy: row.joined_by,
      reason: row.joined_reason,
      note: row.joined_note,
      leftAt: row.left_at,
      leftBy: row.left_by,
      leftReason: row.left_reason,
      leftNote: row.left_note,
    }));
  return unitedStays(stays);
};
