import { closed, firstVersion, oneOf, uuid } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';

/** How somebody knew. A code: what's written about a person belongs in a note of theirs. */
export const mergeReasons = ['review', 'told-by-candidate', 'known-to-recruiter', 'import', 'other'] as const;
export type MergeReason = (typeof mergeReasons)[number];

/** Two ids are one person's: the survivor's. */
export const identityMerged = firstVersion(
  'identity.merged',
  closed({
    mergeId: uuid(),
    survivorId: uuid(),
    mergedId: uuid(),
    reason: oneOf(mergeReasons),
  }),
);

/** A merge was wrong. */
export const identityUnmerged = firstVersion(
  'identity.unmerged',
  closed({ mergeId: uuid(), survivorId: uuid(), mergedId: uuid() }),
);

/** Two ids that look like one person's are two people's. `bits`: how likely it looked then. The lower id comes first. */
export const identityToldApart = firstVersion(
  'identity.told-apart',
  closed({ candidateId: uuid(), otherId: uuid(), bits: Type.Number({ minimum: -100, maximum: 100 }) }),
);

/** Who is whom: the events of the one stream `identity-merges`. They're about ids, so nothing in them is sealed. */
export const identityEventDefinitions = [identityMerged, identityUnmerged, identityToldApart] as const;
export type IdentityEvent = EventOf<(typeof identityEventDefinitions)[number]>;
