import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import fc from 'fast-check';
import type { PoolEvent } from '../events/index.js';
import { poolDecider, type NewPool, type PoolUpdate } from './pool-decider.js';

const shortlist: NewPool = { name: 'Shortlist', kind: 'static', stages: ['new', 'contacted'], owner: 'team-4' };
const austin: NewPool = { name: 'Austin', kind: 'segment', criteria: { attribute: 'city', is: ['Austin'] } };
const opened = (pool: NewPool): PoolEvent => ({
  type: 'pool.opened',
  data: { ...pool, stages: [...(pool.stages ?? [])], watched: pool.watched ?? false },
});
const closed: PoolEvent = { type: 'pool.closed', data: {} };

describe('A pool', () => {
  it('is opened once, and changed and closed only once it was', () => {
    given(poolDecider, [])
      .when({ kind: 'open', pool: shortlist })
      .thenGives([opened(shortlist)]);
    given(poolDecider, [opened(austin)])
      .when({ kind: 'open', pool: shortlist })
      .thenRefused('pool-exists');
    given(poolDecider, [])
      .when({ kind: 'change', update: { name: 'Other' } })
      .thenRefused('pool-unknown');
    given(poolDecider, []).when({ kind: 'close' }).thenRefused('pool-unknown');
  });

  it('is a segment by its criteria, or has stages', () => {
    given(poolDecider, [])
      .when({ kind: 'open', pool: { name: 'Nobody', kind: 'segment' } })
      .thenRefused('criteria-missing');
    given(poolDecider, [])
      .when({ kind: 'open', pool: { ...austin, stages: ['new'] } })
      .thenRefused('segment-without-stages');
    given(poolDecider, [])
      .when({ kind: 'open', pool: { ...shortlist, criteria: {} } })
      .thenRefused('static-without-criteria');
    given(poolDecider, [opened(shortlist)])
      .when({ kind: 'change', update: { watched: true } })
      .thenRefused('static-unwatched');
  });

  it('tells of a change what really changed', () => {
    given(poolDecider, [opened(shortlist)])
      .when({ kind: 'change', update: { name: 'Shortlist', owner: null, purpose: null, targetSize: 50 } })
      .thenGives([{ type: 'pool.changed', data: { owner: null, targetSize: 50 } }]);
    given(poolDecider, [opened(austin)])
      .when({ kind: 'change', update: { criteria: { is: ['Austin'], attribute: 'city' } } })
      .thenGives([]);
  });

  it('is closed once, and stays as it was', () => {
    given(poolDecider, [opened(shortlist)])
      .when({ kind: 'close', reason: 'position-filled' })
      .thenGives([{ type: 'pool.closed', data: { reason: 'position-filled' } }]);
    given(poolDecider, [opened(shortlist), closed])
      .when({ kind: 'close' })
      .thenGives([]);
    given(poolDecider, [opened(shortlist), closed])
      .when({ kind: 'change', update: { name: 'Other' } })
      .thenRefused('pool-closed');
  });

  it('changed twice in the same way changes once, whatever the change', () => {
    const text = fc.constantFrom('one', 'two', 'three');
    const update: fc.Arbitrary<PoolUpdate> = fc.record(
      {
        name: text,
        purpose: fc.option(text),
        owner: fc.option(text),
        targetSize: fc.option(fc.integer({ min: 1, max: 3 })),
        stages: fc.uniqueArray(text),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(update, { minLength: 1 }), (updates) => {
        const history: PoolEvent[] = [opened(shortlist)];
        for (const change of updates) {
          const decide = () => poolDecider.decide({ kind: 'change', update: change }, fold(poolDecider, history));
          const decided = decide();
          if (!decided.ok) throw new Error(decided.error.code);
          history.push(...decided.value);
          expect(decide()).toEqual({ ok: true, value: [] });
          const wanted = Object.entries(change).filter(([, value]) => value !== null);
          expect(fold(poolDecider, history)).toMatchObject(Object.fromEntries(wanted));
        }
      }),
    );
  });

  it('is not decided on with a history that this version does not know', () => {
    const strange = { type: 'pool.drained', data: {} } as unknown as PoolEvent;
    expect(() => fold(poolDecider, [opened(shortlist), strange])).toThrow(UnknownEventError);
  });
});
