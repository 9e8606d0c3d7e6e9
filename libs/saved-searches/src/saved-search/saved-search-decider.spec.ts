import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import type { SavedSearchEvent } from '../events/saved-search-events.js';
import { savedSearchDecider } from './saved-search-decider.js';

const search = { title: 'software engineer', interest: { name: 'backend', expressedMonthsAgo: { from: 12, to: 6 } } };
const mine = { name: 'Backend', shared: false, savedBy: 'user-1', search };
const saved = (more: object = {}): SavedSearchEvent => ({ type: 'saved-search.saved', data: { ...mine, ...more } });
const removed: SavedSearchEvent = { type: 'saved-search.removed', data: {} };
const me = { id: 'user-1', all: false };
const other = { id: 'user-2', all: false };
const admin = { id: 'user-3', all: true };

describe('A saved search', () => {
  it('is saved once, and changed and removed only once it was', () => {
    given(savedSearchDecider, []).when({ kind: 'save', saved: mine }).thenGives([saved()]);
    given(savedSearchDecider, [saved()]).when({ kind: 'save', saved: mine }).thenRefused('saved-search-exists');
    given(savedSearchDecider, []).when({ kind: 'change', changes: {}, by: me }).thenRefused('saved-search-unknown');
    given(savedSearchDecider, []).when({ kind: 'remove', by: me }).thenRefused('saved-search-unknown');
  });

  it('tells of a change what really changed, whatever the order of its fields', () => {
    const reordered = { interest: { expressedMonthsAgo: { to: 6, from: 12 }, name: 'backend' }, title: search.title };
    given(savedSearchDecider, [saved()])
      .when({ kind: 'change', changes: { name: 'Backend', purpose: null, search: reordered, shared: true }, by: me })
      .thenGives([{ type: 'saved-search.changed', data: { shared: true } }]);
    given(savedSearchDecider, [saved({ owner: { kind: 'team', id: 'team-4' } })])
      .when({ kind: 'change', changes: { owner: null }, by: me })
      .thenGives([{ type: 'saved-search.changed', data: { owner: null } }]);
  });

  it('is nobody else’s while it isn’t shared, but an admin’s', () => {
    const renamed = { name: 'Other' };
    given(savedSearchDecider, [saved()])
      .when({ kind: 'change', changes: renamed, by: other })
      .thenRefused('saved-search-unknown');
    given(savedSearchDecider, [saved()]).when({ kind: 'remove', by: other }).thenRefused('saved-search-unknown');
    given(savedSearchDecider, [saved()]).when({ kind: 'remove', by: admin }).thenGives([removed]);
    given(savedSearchDecider, [saved(), { type: 'saved-search.changed', data: { shared: true } }])
      .when({ kind: 'change', changes: renamed, by: other })
      .thenGives([{ type: 'saved-search.changed', data: renamed }]);
  });

  it('is removed once, and for good', () => {
    given(savedSearchDecider, [saved(), removed]).when({ kind: 'remove', by: me }).thenGives([]);
    given(savedSearchDecider, [saved(), removed])
      .when({ kind: 'change', changes: { name: 'Other' }, by: me })
      .thenRefused('saved-search-unknown');
    given(savedSearchDecider, [saved(), removed])
      .when({ kind: 'save', saved: mine })
      .thenRefused('saved-search-exists');
  });

  it('is not decided on with a history that this version does not know', () => {
    const strange = { type: 'saved-search.starred', data: {} } as unknown as SavedSearchEvent;
    expect(() => fold(savedSearchDecider, [saved(), strange])).toThrow(UnknownEventError);
  });
});
