import { encodePosition } from '#libs/kernel';
import type { GateAnswer, ReadModelGate } from '#libs/projecting';
import { describe, expect, it } from '@jest/globals';
import { Freshness } from './freshness.js';
import { positionOf } from './position-token.js';

const at = (commit: bigint) => encodePosition({ commit, prepare: commit });

/** A gate whose projections have answers ready, and what it was asked. */
const gateWith = (answers: Readonly<Record<string, GateAnswer>>) => {
  const asked: unknown[][] = [];
  const gate = {
    waitFor: (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(answers[args[0] as string] ?? 'behind');
    },
  } as unknown as ReadModelGate;
  return { asked, freshness: new Freshness(gate, 5_000) };
};

describe('freshness', () => {
  it('asks nothing for a read that names no position', async () => {
    const { asked, freshness } = gateWith({});
    await freshness.reach(undefined, 'timeline');
    expect(asked).toEqual([]);
  });

  it('waits for each projection that a read uses', async () => {
    const { asked, freshness } = gateWith({ timeline: 'reached', talent: 'reached' });
    await freshness.reach(at(7n), 'timeline', 'talent');
    expect(asked).toEqual([
      ['timeline', { commit: 7n, prepare: 7n }, 5_000, []],
      ['talent', { commit: 7n, prepare: 7n }, 5_000, []],
    ]);
  });

  it('tells whom a read is about, where it is about one person', async () => {
    const { asked, freshness } = gateWith({ timeline: 'reached' });
    await freshness.reachAbout(['ada'], at(7n), 'timeline');
    expect(asked).toEqual([['timeline', { commit: 7n, prepare: 7n }, 5_000, ['ada']]]);
  });

  it.each([
    ['behind', '1'],
    ['paused', '30'],
    ['set-aside', '30'],
  ] as const)('answers 503 when one is %s, and says when to try again', async (state, seconds) => {
    const { freshness } = gateWith({ timeline: 'reached', talent: state });
    await expect(freshness.reach(at(7n), 'timeline', 'talent')).rejects.toMatchObject({
      status: 503,
      code: 'read-model-behind',
      headers: { 'retry-after': seconds },
    });
  });
});

describe('a position token', () => {
  it('is read back', () => {
    expect(positionOf(at(2n ** 63n - 1n))).toEqual({ commit: 2n ** 63n - 1n, prepare: 2n ** 63n - 1n });
  });

  it.each(['', '7', 'p1-7', 'p1-7-', 'p1--7-7', 'p2-7-7', 'p1-7-7 ', `p1-${2n ** 63n}-0`, ['p1-7-7'], 7, null])(
    'is not %j',
    (text) => {
      expect(positionOf(text)).toBeUndefined();
    },
  );
});
