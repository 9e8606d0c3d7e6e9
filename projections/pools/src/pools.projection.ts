import { idInStream, type StoredEvent } from '#libs/kernel';
import { followMerges } from '#libs/merging';
import type { PoolEvent } from '#libs/pools';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { membershipHandlers } from './memberships.js';
import { segmentChanges, segmentHandlers } from './segment-changes.js';
import { poolMemberships, poolPersons, pools, poolStages } from './tables.js';

type Of<T extends PoolEvent['type']> = StoredEvent & Extract<PoolEvent, { type: T }>;
type Pool = RowOf<typeof pools.columns>;

const idOf = (event: StoredEvent): string => idInStream(event, 'pool');
const needs: Handler['needs'] = (event) => [row(pools, { pool_id: idOf(event) })];

const change = (event: StoredEvent, rows: Rows, changes: Partial<Pool>): void => {
  const known = rows.get(pools, { pool_id: idOf(event) });
  if (!known) throw new Error(`${event.type} of a pool that was never opened.`);
  rows.put(pools, { ...known, ...changes, revision: event.revision });
};

const opened: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { name, kind, purpose, owner, targetSize, stages, criteria, watched } = (event as Of<'pool.opened'>).data;
    rows.put(pools, {
      pool_id: idOf(event),
      revision: event.revision,
      name,
      kind,
      purpose: purpose ?? null,
      owner: owner ?? null,
      target_size: targetSize ?? null,
      stages,
      criteria: criteria ?? null,
      watched,
      opened_at: event.occurredAt,
      closed_at: null,
      closed_reason: null,
    });
  },
};

const changed: Handler = {
  needs,
  apply: (event, rows) => {
    const { targetSize, ...same } = (event as Of<'pool.changed'>).data;
    change(event, rows, { ...same, ...(targetSize === undefined ? {} : { target_size: targetSize }) });
  },
};

const closed: Handler = {
  needs,
  apply: (event, rows) => {
    const { reason = null } = (event as Of<'pool.closed'>).data;
    change(event, rows, { closed_at: event.occurredAt, closed_reason: reason });
  },
};

/** The pools there are, who was in the static ones from when to when, and why, and what was told of segments that are watched. */
export const poolsProjection = defineProjection({
  name: 'pools',
  version: 3,
  tables: [pools, poolMemberships, poolStages, segmentChanges, poolPersons.aliases, poolPersons.people],
  handlers: {
    'pool.opened': opened,
    'pool.changed': changed,
    'pool.closed': closed,
    ...membershipHandlers,
    ...segmentHandlers,
    ...followMerges(poolPersons, { needs: () => [], regroup: () => undefined }),
  },
});
