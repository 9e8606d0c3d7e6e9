import { unknownEvent } from '#libs/kernel';
import type { PoolEvent, PoolKind, PoolOpened } from '../events/index.js';

/** What was decided about a pool so far. */
export interface KnownPool extends PoolOpened {
  readonly kind: PoolKind;
  readonly closed: boolean;
}

export type Pool = { readonly kind: 'unknown' } | KnownPool;

export const unknownPool: Pool = { kind: 'unknown' };

/** Takes changes in; null takes a field away. */
const changed = (pool: KnownPool, changes: Readonly<Record<string, unknown>>): KnownPool =>
  Object.fromEntries(
    Object.entries({ ...pool, ...changes }).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as KnownPool;

export const evolvePool = (state: Pool, event: PoolEvent): Pool => {
  if (event.type === 'pool.opened') return { ...event.data, closed: false };
  if (state.kind === 'unknown') throw new Error(`A pool's first event is pool.opened, not ${event.type}.`);
  switch (event.type) {
    case 'pool.changed':
      return changed(state, event.data);
    case 'pool.closed':
      return { ...state, closed: true };
    default:
      return unknownEvent(event);
  }
};
