import { peopleOf, survivorOf, type IdentityEvent, type Merge } from '#libs/identity';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type Rows } from '#libs/projecting';
import { identityAliases, identityMerges, identityPeople, identityToldApart } from './tables.js';

/** A merge that stands, with when it was recorded. */
export interface StandingMerge extends Merge {
  readonly position: string;
}

type Of<T extends IdentityEvent['type']> = StoredEvent & Extract<IdentityEvent, { type: T }>;

const sides = ({ survivorId, mergedId }: Merge): readonly string[] => [survivorId, mergedId];

const needsSides = (merge: Merge) => [
  row(identityMerges, { merge_id: merge.mergeId }),
  ...sides(merge).map((id) => row(identityAliases, { candidate_id: id })),
];

/** The merges that made whoever these ids belong to, in their order. */
const mergesAround = (rows: Rows, ids: readonly string[]): StandingMerge[] => {
  const people = new Set(ids.flatMap((id) => rows.get(identityAliases, { candidate_id: id })?.person_id ?? []));
  return [...people]
    .flatMap((id) => (rows.fetch(identityPeople, { person_id: id })?.merges ?? []) as StandingMerge[])
    .sort((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1));
};

/** Writes who is one person by `after`, where it was by `before`. */
const settle = (rows: Rows, before: readonly StandingMerge[], after: readonly StandingMerge[]): void => {
  const [was, is] = [peopleOf(before), peopleOf(after)];
  for (const [id, [person_id]] of was) {
    if (is.has(id)) continue;
    rows.remove(identityAliases, { candidate_id: id });
    rows.remove(identityPeople, { person_id });
  }
  for (const [person_id] of was.values()) rows.remove(identityPeople, { person_id });
  for (const [id, [person_id]] of is) rows.put(identityAliases, { candidate_id: id, person_id });
  for (const person_id of new Set([...is.values()].map(([first]) => first)))
    rows.put(identityPeople, {
      person_id,
      merges: after.filter(({ survivorId }) => survivorOf(is, survivorId) === person_id),
    });
};

const merged: Handler = {
  needs: ({ data }) => needsSides(data as Merge),
  apply: (event, rows) => {
    const { data, position, occurredAt } = event as Of<'identity.merged'>;
    const { mergeId, survivorId, mergedId, reason } = data;
    rows.put(identityMerges, {
      merge_id: mergeId,
      survivor_id: survivorId,
      merged_id: mergedId,
      reason,
      merged_at: occurredAt,
      position: position.commit,
      undone_at: null,
      undone_position: null,
    });
    const before = mergesAround(rows, sides(data));
    settle(rows, before, [...before, { mergeId, survivorId, mergedId, position: String(position.commit) }]);
  },
};

const unmerged: Handler = {
  needs: ({ data }) => needsSides(data as Merge),
  apply: (event, rows) => {
    const { data, position, occurredAt } = event as Of<'identity.unmerged'>;
    const known = rows.get(identityMerges, { merge_id: data.mergeId });
    if (!known) throw new Error('A merge was undone that there was none of.');
    rows.put(identityMerges, { ...known, undone_at: occurredAt, undone_position: position.commit });
    const before = mergesAround(rows, sides(data));
    settle(
      rows,
      before,
      before.filter(({ mergeId }) => mergeId !== data.mergeId),
    );
  },
};

const toldApart: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { candidateId, otherId, bits } = (event as Of<'identity.told-apart'>).data;
    rows.put(identityToldApart, { candidate_id: candidateId, other_id: otherId, millibits: Math.round(bits * 1_000) });
  },
};

/** Who is one person, now and at any time. */
export const identity = defineProjection({
  name: 'identity',
  version: 1,
  tables: [identityAliases, identityPeople, identityMerges, identityToldApart],
  handlers: {
    'identity.merged': merged,
    'identity.unmerged': unmerged,
    'identity.told-apart': toldApart,
  },
});
