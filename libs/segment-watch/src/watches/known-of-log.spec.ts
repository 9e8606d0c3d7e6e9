import type { StoredEvent } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { KnownOfLog } from './known-of-log.js';

const criteria = { attribute: 'tags', is: ['ada'] };
let n = 0n;

const recorded = (streamId: string, type: string, data: object): StoredEvent => {
  n++;
  return {
    id: `event-${n}`,
    type,
    data,
    streamId,
    revision: 0,
    position: { commit: n, prepare: n },
    occurredAt: new Date(Number(n)),
    timePrecision: 'instant',
    recordedAt: new Date(Number(n)),
    correlationId: 'c',
    causationId: 'c',
    actor: { kind: 'system', id: 'spec' },
    source: 'spec',
  };
};
const merged = (survivorId: string, mergedId: string): StoredEvent =>
  recorded('identity', 'identity.merged', { mergeId: `${survivorId}+${mergedId}`, survivorId, mergedId });
const unmerged = (survivorId: string, mergedId: string): StoredEvent =>
  recorded('identity', 'identity.unmerged', { mergeId: `${survivorId}+${mergedId}`, survivorId, mergedId });
const opened = (watched: boolean): StoredEvent => recorded('pool-1', 'pool.opened', { name: 'Ada', criteria, watched });

describe('what the watch knows of the log', () => {
  it('knows who is one person now, and who was when a watch began', () => {
    const known = new KnownOfLog();
    known.apply(merged('a', 'b'));
    known.apply(opened(true));
    const [watch] = known.watches;
    expect(known.idsOf('b', watch)).toEqual(['a', 'b']);

    known.apply(merged('c', 'a'));
    expect(known.idsOf('b')).toEqual(['c', 'a', 'b']);
    known.apply(unmerged('a', 'b'));
    expect(known.idsOf('b')).toEqual(['b']);
    expect(known.idsOf('a')).toEqual(['c', 'a']);
    expect(known.idsOf('b', watch)).toEqual(['a', 'b']);
  });

  it('begins another watch with other criteria, and goes on with the same under another name', () => {
    const known = new KnownOfLog();
    known.apply(opened(true));
    const [first] = known.watches;
    known.apply(recorded('pool-1', 'pool.changed', { name: 'Grace' }));
    expect(known.watches).toEqual([first]);

    known.apply(merged('a', 'b'));
    known.apply(recorded('pool-1', 'pool.changed', { criteria: { attribute: 'tags', is: ['grace'] } }));
    const [second] = known.watches;
    expect(second).not.toBe(first);
    expect(known.idsOf('a', first)).toEqual(['a']);
    expect(known.idsOf('a', second)).toEqual(['a', 'b']);
  });

  it('takes an event that comes again for one', () => {
    const known = new KnownOfLog();
    const once = opened(false);
    known.apply(once);
    known.apply(recorded('pool-1', 'pool.closed', {}));
    known.apply(once);
    known.apply(recorded('pool-1', 'pool.changed', { watched: true }));
    expect(known.watches).toEqual([]);
  });
});
