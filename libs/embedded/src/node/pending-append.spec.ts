import { describe, expect, it } from '@jest/globals';
import type { AppendAnswer } from './group-plan.js';
import { PendingAppend, takeGroup } from './pending-append.js';

const pending = (events: number, bytes = 10, answers: AppendAnswer[] = []): PendingAppend =>
  new PendingAppend(
    {
      stream: 's',
      expected: 'any',
      events: Array.from({ length: events }, () => ({
        id: '',
        type: 't',
        contentType: '',
        data: new Uint8Array(bytes),
        metadata: new Uint8Array(),
      })),
      deadline: Infinity,
    },
    (answer) => answers.push(answer),
  );

describe('A group of pending appends', () => {
  it('is all that waits, if that isn’t too much', () => {
    const queue = [pending(1), pending(5), pending(0)];
    expect(takeGroup(queue)).toHaveLength(3);
    expect(queue).toEqual([]);
  });

  it('ends before it has too many events, and leaves the others in order', () => {
    const queue = Array.from({ length: 30 }, () => pending(100));
    const [, , , ...rest] = queue;
    expect(takeGroup(queue)).toHaveLength(20);
    expect(queue).toEqual(rest.slice(17));
  });

  it('ends before it weighs too much', () => {
    const queue = Array.from({ length: 20 }, () => pending(1, 1_000_000));
    expect(takeGroup(queue)).toHaveLength(8);
  });

  it('has at least one append, whatever it weighs', () => {
    expect(takeGroup([pending(5_000), pending(1)])).toHaveLength(1);
  });
});

describe('A pending append', () => {
  it('is answered once', () => {
    const answers: AppendAnswer[] = [];
    const append = pending(1, 1, answers);
    append.settle({ kind: 'deadline' });
    append.settle({ kind: 'unavailable' });
    expect(answers).toEqual([{ kind: 'deadline' }]);
  });
});
