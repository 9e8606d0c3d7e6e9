import { differing, err, ok, refusal, type Decider, type Decision, type Refusal } from '#libs/kernel';
import type { PoolChanged, PoolEvent, PoolKind } from '../events/index.js';
import { evolvePool, unknownPool, type KnownPool, type Pool } from './pool.js';

/** `criteria` have been parsed. Only a static pool has stages; only a segment has criteria, and may be watched. */
export interface NewPool {
  readonly name: string;
  readonly kind: PoolKind;
  readonly purpose?: string;
  readonly owner?: string;
  readonly targetSize?: number;
  readonly stages?: readonly string[];
  readonly criteria?: Readonly<Record<string, unknown>>;
  readonly watched?: boolean;
}

/** Absent: leave. Null: clear. */
export interface PoolUpdate extends Partial<Omit<NewPool, 'kind' | 'purpose' | 'owner' | 'targetSize'>> {
  readonly purpose?: string | null;
  readonly owner?: string | null;
  readonly targetSize?: number | null;
}

export type PoolCommand =
  | { readonly kind: 'open'; readonly pool: NewPool }
  | { readonly kind: 'change'; readonly update: PoolUpdate }
  | { readonly kind: 'close'; readonly reason?: string };

export const poolUnknown = refusal('not-found', 'pool-unknown', 'There is no pool with this id.');
export const poolClosed = refusal('conflict', 'pool-closed', 'This pool is closed. Open another one.');
const poolExists = refusal('conflict', 'pool-exists', 'There is a pool with this id already. To change it, update it.');

/** What doesn't go with the kind of a pool. */
const misfit = (kind: PoolKind, { stages, criteria, watched }: PoolUpdate): Refusal | undefined => {
  if (kind === 'segment')
    return stages && stages.length > 0
      ? refusal('invalid', 'segment-without-stages', 'Only a static pool has stages.', '/stages')
      : undefined;
  if (criteria) return refusal('invalid', 'static-without-criteria', 'Only a segment has criteria.', '/criteria');
  if (watched) return refusal('invalid', 'static-unwatched', 'Only a segment can be watched.', '/watched');
  return undefined;
};

const open = ({ stages = [], watched = false, ...pool }: NewPool): Decision<PoolEvent> => {
  const wrong = misfit(pool.kind, { stages, watched, ...(pool.criteria ? { criteria: pool.criteria } : {}) });
  if (wrong) return err(wrong);
  if (pool.kind === 'segment' && !pool.criteria)
    return err(refusal('invalid', 'criteria-missing', 'A segment is defined by its criteria.', '/criteria'));
  return ok([{ type: 'pool.opened', data: { ...pool, stages: [...stages], watched } }]);
};

const change = (update: PoolUpdate, pool: KnownPool): Decision<PoolEvent> => {
  if (pool.closed) return err(poolClosed);
  const wrong = misfit(pool.kind, update);
  if (wrong) return err(wrong);
  const changes = differing(update, pool) as PoolChanged;
  return ok(Object.keys(changes).length > 0 ? [{ type: 'pool.changed', data: changes }] : []);
};

const decide = (command: PoolCommand, state: Pool): Decision<PoolEvent> => {
  if (command.kind === 'open') return state.kind === 'unknown' ? open(command.pool) : err(poolExists);
  if (state.kind === 'unknown') return err(poolUnknown);
  if (command.kind === 'change') return change(command.update, state);
  if (state.closed) return ok([]);
  return ok([{ type: 'pool.closed', data: command.reason === undefined ? {} : { reason: command.reason } }]);
};

/** A pool, on the stream `pool-<uuid>`. Its members aren't in it: a large pool is as quick to decide on as a small one. */
export const poolDecider: Decider<Pool, PoolCommand, PoolEvent> = { initial: unknownPool, decide, evolve: evolvePool };
