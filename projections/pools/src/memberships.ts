import type { StoredEvent } from '#libs/kernel';
import type { MembershipEvent } from '#libs/pools';
import { branch, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { poolMemberships, poolStages } from './tables.js';

type Of<T extends MembershipEvent['type']> = StoredEvent & Extract<MembershipEvent, { type: T }>;
type Membership = RowOf<typeof poolMemberships.columns>;
type Stage = RowOf<typeof poolStages.columns>;

const underOf = (event: StoredEvent) => {
  const { poolId, candidateId } = event.data as MembershipEvent['data'];
  return { pool_id: poolId, candidate_id: candidateId };
};

const needs: Handler['needs'] = (event) => [
  branch(poolMemberships, underOf(event)),
  branch(poolStages, underOf(event)),
];

/** What a person's stays in a pool are before an event, and when it counts from. */
interface Before {
  readonly open: Membership | undefined;
  readonly stage: Stage | undefined;
  /** Not before what's on record: clocks of two processes differ, and nobody leaves before they came. */
  readonly at: Date;
}

const beforeOf = (event: StoredEvent, rows: Rows): Before => {
  const memberships = rows.branch(poolMemberships, underOf(event));
  const stages = rows.branch(poolStages, underOf(event));
  const times = [
    event.occurredAt,
    ...memberships.flatMap(({ joined_at, left_at }) => [joined_at, ...(left_at ? [left_at] : [])]),
    ...stages.map(({ since }) => since),
  ];
  return {
    open: memberships.find(({ left_at }) => left_at === null),
    stage: stages.find(({ until }) => until === null),
    at: new Date(Math.max(...times.map((time) => time.getTime()))),
  };
};

const enter = (event: StoredEvent, rows: Rows, at: Date, stage: string, moved: boolean): void => {
  const { reason = null, note = null } = event.data as MembershipEvent['data'];
  const why = moved ? { reason, note } : { reason: null, note: null };
  rows.put(poolStages, {
    ...underOf(event),
    revision: event.revision,
    stage,
    since: at,
    until: null,
    moved,
    moved_by: event.actor.id,
    ...why,
  });
};

const began: Handler = {
  needs,
  apply: (event, rows) => {
    const { at } = beforeOf(event, rows);
    const { stage = null, reason = null, note = null } = (event as Of<'membership.began'>).data;
    rows.put(poolMemberships, {
      ...underOf(event),
      began_revision: event.revision,
      revision: event.revision,
      stage,
      joined_at: at,
      joined_by: event.actor.id,
      joined_reason: reason,
      joined_note: note,
      left_at: null,
      left_by: null,
      left_reason: null,
      left_note: null,
    });
    if (stage !== null) enter(event, rows, at, stage, false);
  },
};

const moved: Handler = {
  needs,
  apply: (event, rows) => {
    const { open, stage, at } = beforeOf(event, rows);
    if (!open) return;
    const to = (event as Of<'membership.moved'>).data.stage;
    rows.put(poolMemberships, { ...open, stage: to, revision: event.revision });
    if (stage) rows.put(poolStages, { ...stage, until: at });
    enter(event, rows, at, to, true);
  },
};

const ended: Handler = {
  needs,
  apply: (event, rows) => {
    const { open, stage, at } = beforeOf(event, rows);
    if (!open) return;
    const { reason = null, note = null } = (event as Of<'membership.ended'>).data;
    rows.put(poolMemberships, {
      ...open,
      revision: event.revision,
      left_at: at,
      left_by: event.actor.id,
      left_reason: reason,
      left_note: note,
    });
    if (stage) rows.put(poolStages, { ...stage, until: at });
  },
};

/** Who's in static pools, from when to when. */
export const membershipHandlers = {
  'membership.began': began,
  'membership.moved': moved,
  'membership.ended': ended,
};
