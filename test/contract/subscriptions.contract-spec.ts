import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { END, NO_STREAM, START } from '@eventstore/db-client';
import { connect, newStream, numbered, Recorder } from './support/event-store.js';

const client = connect();
const recorders: Recorder[] = [];
const recorder = (): Recorder => {
  const made = new Recorder();
  recorders.push(made);
  return made;
};

afterEach(async () => {
  for (const made of recorders.splice(0)) await made.close();
});
afterAll(() => client.dispose());

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const happened = 'contract.happened';

describe('A subscription to a stream', () => {
  it('is confirmed, catches up, says so, and goes on live', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(3), { expectedRevision: NO_STREAM });
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
    await seen.caughtUp();
    expect(seen.confirmed).toBe(true);
    await seen.has(3);
    await client.appendToStream(stream, numbered(2, happened, 3), { expectedRevision: 2n });
    await seen.has(5);
    expect(seen.numbers).toEqual([0, 1, 2, 3, 4]);
  });

  it('that resumes leaves out the revision that it names', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(6), { expectedRevision: NO_STREAM });
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: 2n }));
    await seen.has(3);
    await seen.caughtUp();
    expect(seen.numbers).toEqual([3, 4, 5]);
  });

  it('from the end gets only what comes after it', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(4), { expectedRevision: NO_STREAM });
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: END }));
    await seen.caughtUp();
    await client.appendToStream(stream, numbered(1, happened, 4), { expectedRevision: 3n });
    await seen.has(1);
    expect(seen.numbers).toEqual([4]);
  });

  it('that doesn’t exist yet waits for it', async () => {
    const stream = newStream();
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
    await seen.caughtUp();
    await client.appendToStream(stream, numbered(2), { expectedRevision: NO_STREAM });
    await seen.has(2);
    expect(seen.numbers).toEqual([0, 1]);
  });

  it('gets nothing of other streams', async () => {
    const [stream, other] = [newStream(), newStream()];
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
    await seen.caughtUp();
    await client.appendToStream(other, numbered(5, happened, 100), { expectedRevision: NO_STREAM });
    await client.appendToStream(stream, numbered(2), { expectedRevision: NO_STREAM });
    await seen.has(2);
    expect(seen.numbers).toEqual([0, 1]);
  });

  it('that starts while a writer is busy has no gap and nothing twice', async () => {
    const stream = newStream();
    const total = 600;
    const writing = (async () => {
      for (let n = 0; n < total; n += 2)
        await client.appendToStream(stream, numbered(2, happened, n), {
          expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1),
        });
    })();
    const all: Recorder[] = [];
    for (let i = 0; i < 10; i++) {
      const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
      all.push(seen);
      await seen.caughtUp();
    }
    await writing;
    for (const seen of all) {
      await seen.has(total);
      expect(seen.numbers).toEqual(range(0, total));
    }
  });
});

describe('A subscription', () => {
  it('that is ended gets nothing more', async () => {
    const stream = newStream();
    const seen = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
    await seen.caughtUp();
    await seen.close();
    const other = recorder().follow(client.subscribeToStream(stream, { fromRevision: START }));
    await client.appendToStream(stream, numbered(1), { expectedRevision: NO_STREAM });
    await other.has(1);
    expect(seen.events).toEqual([]);
    expect(seen.error).toBeUndefined();
  });

  it('whose reader pauses gets everything once it reads on', async () => {
    const stream = newStream();
    const subscription = client.subscribeToStream(stream, { fromRevision: START }, { highWaterMark: 4 });
    const seen = recorder().follow(subscription);
    await seen.caughtUp();
    subscription.pause();
    for (let n = 0; n < 3_000; n += 500)
      await client.appendToStream(stream, numbered(500, happened, n), {
        expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1),
      });
    subscription.resume();
    await seen.has(3_000);
    expect(seen.numbers).toEqual(range(0, 3_000));
  });
});
