import type { StoredEvent } from '#libs/kernel';
import { liveModel } from '#libs/scoring';
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

  it('begins another watch where bands are asked for and another scoring model is made live', () => {
    const known = new KnownOfLog();
    const asking = (pool: string, asked: object) =>
      recorded(pool, 'pool.opened', { name: 'Ada', criteria: asked, watched: true });
    const hot = { not: { attribute: 'band', is: ['hot'] } };
    for (const event of [asking('pool-1', criteria), asking('pool-2', hot), asking('pool-3', hot)]) known.apply(event);
    const before = known.watches;
    known.apply(recorded('scoring-models', 'scoring-model.published', { model: { ...liveModel, version: 1_000 } }));
    expect(known.watches).toEqual(before);
    const madeLive = recorded('scoring-models', 'scoring-model.made-live', { version: 1_000, before: 1 });
    known.apply(madeLive);
    const begun = known.begunBy(madeLive);
    expect(begun.map(({ poolId, criteria: asked }) => [poolId, asked])).toEqual([
      ['2', hot],
      ['3', hot],
    ]);
    expect(new Set([...before, ...begun].map(({ id }) => id)).size).toBe(5);
    expect(known.watches[0]).toBe(before[0]);
    expect(known.liveModels.map(({ since, model }) => [since, model.version])).toEqual([
      [-Infinity, liveModel.version],
      [madeLive.occurredAt.getTime(), 1_000],
    ]);
  });

  it('begins another watch where consent is asked for and consents are read by other rules', () => {
    const known = new KnownOfLog();
    const consent = { not: { consent: { purpose: 'newsletter', channel: 'email' } } };
    known.apply(recorded('pool-1', 'pool.opened', { name: 'Ada', criteria, watched: true }));
    known.apply(recorded('pool-2', 'pool.opened', { name: 'Ada', criteria: consent, watched: true }));
    const [first] = known.watches;
    const changed = recorded('consent-rules', 'consent-rules.changed', { version: 2 });
    known.apply(changed);
    expect(known.begunBy(changed).map(({ poolId }) => poolId)).toEqual(['2']);
    expect(known.watches[0]).toBe(first);
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
