import { closed, firstVersion, narrative, oneOf, opaqueId, orNull } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';

export const savedSearchLimits = { name: 200, purpose: 200 } as const;

export const searchOwnerKinds = ['person', 'team'] as const;

const owner = closed({ kind: oneOf(searchOwnerKinds), id: opaqueId() });
/** As libs/search-request describes it; checked there before it gets here. A text or a tag may name somebody: all of it is sealed. */
const search = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', privacy: 'narrative' });

const saved = closed({
  name: narrative(savedSearchLimits.name),
  owner: Type.Optional(owner),
  /** Whether others than `savedBy` may see it. */
  shared: Type.Boolean(),
  /** The caller who saved it. */
  savedBy: opaqueId(),
  search,
  purpose: Type.Optional(narrative(savedSearchLimits.purpose)),
  requisitionId: Type.Optional(opaqueId()),
});
/** What was typed is sealed with keys of the saved search's own, which go with it when it's removed. */
export const savedSearchSaved = firstVersion('saved-search.saved', saved);

const changed = closed({
  name: Type.Optional(narrative(savedSearchLimits.name)),
  owner: Type.Optional(orNull(owner)),
  shared: Type.Optional(Type.Boolean()),
  search: Type.Optional(search),
  purpose: Type.Optional(orNull(narrative(savedSearchLimits.purpose))),
  requisitionId: Type.Optional(orNull(opaqueId())),
});
/** Only what changed, each with its whole new value; null clears. */
export const savedSearchChanged = firstVersion('saved-search.changed', changed);

export const savedSearchRemoved = firstVersion('saved-search.removed', closed({}));

/** Every event type of this context. */
export const savedSearchesEventDefinitions = [savedSearchSaved, savedSearchChanged, savedSearchRemoved] as const;

/** What was decided about a saved search: the events of a `saved-search-<uuid>` stream. */
export type SavedSearchEvent = EventOf<(typeof savedSearchesEventDefinitions)[number]>;
export type SavedSearchSaved = Static<typeof saved>;
export type SavedSearchChanged = Static<typeof changed>;
