import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { poolsProjection } from '../pools.projection.js';
import { poolMemberships, pools } from '../tables.js';
import { unitedStays, type PoolStay, type StaysAsked } from './pools-of-candidate.query.js';

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
    .filter((row) => poolId === undefined || row.pool_id === poolId)
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
  return unitedStays(stays, at);
};
