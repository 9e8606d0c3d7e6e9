import { ERASED, newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import type { SavedSearchEvent } from '#libs/saved-searches';
import { describe, expect, it } from '@jest/globals';
import { savedSearchesProjection } from './saved-searches.projection.js';
import { savedSearches } from './tables.js';

const savedSearchId = newId();
const saved: SavedSearchEvent = {
  type: 'saved-search.saved',
  data: {
    name: 'Backend',
    owner: { kind: 'team', id: 'team-4' },
    shared: false,
    savedBy: 'user-1',
    search: { text: 'backend' },
    purpose: 'Payments',
  },
};
const stored = (event: SavedSearchEvent, revision: number): StoredEvent => ({
  ...event,
  id: newId(),
  streamId: `saved-search-${savedSearchId}`,
  revision,
  position: { commit: BigInt(revision + 1), prepare: BigInt(revision + 1) },
  subjectId: savedSearchId,
  occurredAt: new Date(Date.UTC(2026, 0, 1 + revision)),
  timePrecision: 'instant',
  recordedAt: new Date(0),
  correlationId: 'c',
  causationId: 'c',
  actor: { kind: 'user', id: 'user-1' },
  source: 'api',
});
const rowsOf = (...events: readonly SavedSearchEvent[]) => {
  const model = new MemoryReadModel(savedSearchesProjection);
  model.apply(events.map(stored));
  return model.rows(savedSearches);
};

describe('The saved searches there are', () => {
  it('are as they were saved and then changed', () => {
    expect(rowsOf(saved, { type: 'saved-search.changed', data: { shared: true, owner: null, purpose: null } })).toEqual(
      [
        {
          saved_search_id: savedSearchId,
          revision: 1,
          name: 'Backend',
          owner_kind: null,
          owner: null,
          shared: true,
          saved_by: 'user-1',
          search: { text: 'backend' },
          purpose: null,
          requisition_id: null,
          saved_at: new Date('2026-01-01'),
          changed_at: new Date('2026-01-02'),
        },
      ],
    );
  });

  it('are gone once they are removed', () => {
    expect(rowsOf(saved, { type: 'saved-search.removed', data: {} })).toEqual([]);
  });

  it('ask for nothing, and not for everybody, where what they asked for is erased', () => {
    const erased = { ...saved, data: { ...saved.data, search: ERASED } } as unknown as SavedSearchEvent;
    expect(rowsOf(erased)).toMatchObject([{ search: null }]);
  });
});
