import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LongWork } from './long-work.js';

describe('how far long work has come', () => {
  const { isTTY } = process.stderr;
  let now: number;
  let said: string[];
  beforeEach(() => {
    now = 0;
    said = [];
    process.stderr.isTTY = false;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.stderr.isTTY = isTTY;
  });

  /** What's said of work that began at `first` and has reached `reached` of `goal` after so many seconds. */
  const after = (seconds: number, first: bigint, reached: bigint, goal: bigint): string | undefined => {
    const work = new LongWork('building');
    work.at(first, goal);
    now += seconds * 1_000;
    work.at(reached, goal);
    work.stop();
    return said.at(-1);
  };

  it.each([
    [20, 0n, 400n, 1_000n, 'building: 40%, 30 s left\n'],
    [60, 0n, 100n, 1_000n, 'building: 10%, 9 min left\n'],
    [3_600, 0n, 250n, 1_000n, 'building: 25%, 3.0 h left\n'],
  ])('is told in the unit that fits (%d s for a part)', (seconds, first, reached, goal, line) => {
    expect(after(seconds, first, reached, goal)).toBe(line);
  });

  it('goes by the pace since it began to look, not by what was done before', () => {
    expect(after(10, 800n, 900n, 1_000n)).toBe('building: 90%, 10 s left\n');
  });

  it('says that it does not know where nothing has moved yet, and nothing ends in an error', () => {
    expect(after(10, 500n, 500n, 1_000n)).toBe('building: 50%, unknown left\n');
    expect(after(10, 0n, 0n, 0n)).toBe('building: 100%, unknown left\n');
    // Built anew meanwhile: it begins again from the start of the log.
    expect(after(10, 500n, 100n, 1_000n)).toBe('building: 10%, unknown left\n');
  });

  it('never promises more than all, where the log grows faster than it is looked at', () => {
    expect(after(10, 0n, 1_200n, 1_000n)).toBe('building: 100%, 0 s left\n');
  });

  it('is a line every ten seconds where nothing can be drawn', () => {
    const work = new LongWork('verifying');
    for (let second = 0; second <= 35; second++) {
      now = second * 1_000;
      work.at(BigInt(second), 100n);
    }
    expect(said).toEqual([
      'verifying: 10%, 2 min left\n',
      'verifying: 20%, 80 s left\n',
      'verifying: 30%, 70 s left\n',
    ]);
  });
});
