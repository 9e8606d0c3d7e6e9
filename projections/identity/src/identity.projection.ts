import type { IdentityEvent, Merge } from '#libs/identity';
import type { StoredEvent } from '#libs/kernel';
import { followMerges, type PersonTables } from '#libs/merging';
import { defineProjection, row, type Handler } from '#libs/projecting';
import { identityAliases, identityMerges, identityPeople, identityToldApart } from './tables.js';

type Of<T extends IdentityEvent['type']> = StoredEvent & Extract<IdentityEvent, { type: T }>;

const people: PersonTables = { aliases: identityAliases, people: identityPeople };
/** It keeps nothing about people but who they are. */
const followed = followMerges(people, { needs: () => [], regroup: () => undefined });

const merged: Handler = {
  needs: (event) => followed['identity.merged'].needs(event),
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
    followed['identity.merged'].apply(event, rows);
  },
};

const unmerged: Handler = {
  needs: (event) => [
    row(identityMerges, { merge_id: (event.data as Merge).mergeId }),
    ...followed['identity.unmerged'].needs(event),
  ],
  apply: (event, rows) => {
    const { data, position, occurredAt } = event as Of<'identity.unmerged'>;
    const known = rows.get(identityMerges, { merge_id: data.mergeId });
    if (!known) throw new Error('A merge was undone that there was none of.');
    rows.put(identityMerges, { ...known, undone_at: occurredAt, undone_position: position.commit });
    followed['identity.unmerged'].apply(event, rows);
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
