import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, FORWARDS, NO_STREAM, START, StreamNotFoundError } from '@eventstore/db-client';
import { all, connect, failureOf, newStream, numbered, numbersOf } from './support/event-store.js';

const client = connect();
afterAll(() => client.dispose());

const stream = newStream();
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

beforeAll(async () => {
  for (let from = 0; from < 2_500; from += 500)
    await client.appendToStream(stream, numbered(500, 'contract.happened', from), {
      expectedRevision: from === 0 ? NO_STREAM : BigInt(from - 1),
    });
});

const read = async (options: Parameters<typeof client.readStream>[1]): Promise<unknown[]> =>
  numbersOf(await all(client.readStream(stream, options)));

describe('A read of a stream', () => {
  it('gives all events in order', async () => {
    expect(await read({ direction: FORWARDS, fromRevision: START })).toEqual(range(0, 2_500));
  });

  it('starts with the revision that it names', async () => {
    expect(await read({ fromRevision: 1_998n })).toEqual(range(1_998, 2_500));
  });

  it('gives no more than it was asked for', async () => {
    expect(await read({ fromRevision: 10n, maxCount: 1_500 })).toEqual(range(10, 1_510));
    expect(await read({ fromRevision: START, maxCount: 1 })).toEqual([0]);
  });

  it('backwards gives the last event first', async () => {
    expect(await read({ direction: BACKWARDS, fromRevision: END })).toEqual(range(0, 2_500).toReversed());
    expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual([2_499, 2_498]);
  });

  it('backwards starts with the revision that it names', async () => {
    expect(await read({ direction: BACKWARDS, fromRevision: 3n })).toEqual([3, 2, 1, 0]);
    expect(await read({ direction: BACKWARDS, fromRevision: START })).toEqual([0]);
  });

  it('that starts behind the last event gives nothing', async () => {
    expect(await read({ fromRevision: 2_500n })).toEqual([]);
    expect(await read({ fromRevision: END })).toEqual([]);
  });

  it('backwards that starts behind the last event gives it first', async () => {
    expect(await read({ direction: BACKWARDS, fromRevision: 9_999n, maxCount: 1 })).toEqual([2_499]);
  });

  it.each([FORWARDS, BACKWARDS] as const)('that doesn’t exist fails with its name, %s', async (direction) => {
    const missing = newStream();
    const error = await failureOf(
      all(client.readStream(missing, { direction, fromRevision: direction === FORWARDS ? START : END })),
    );
    expect(error).toBeInstanceOf(StreamNotFoundError);
    expect(error).toMatchObject({ streamName: missing });
  });

  it('sees what was acknowledged before it', async () => {
    const fresh = newStream();
    for (let revision = 0; revision < 20; revision++) {
      await client.appendToStream(fresh, numbered(1, 'contract.happened', revision), {
        expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1),
      });
      const [last] = await all(client.readStream(fresh, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
      expect(last?.event?.revision).toBe(BigInt(revision));
    }
  });

  it('that is cancelled leaves the connection as it was', async () => {
    const reading = client.readStream(stream, { fromRevision: START });
    let seen = 0;
    for await (const { event } of reading) {
      expect(event).toBeDefined();
      if (++seen === 3) break;
    }
    await reading.cancel();
    expect(await read({ fromRevision: 2_499n })).toEqual([2_499]);
  });

  it('of many streams at once keeps them apart', async () => {
    const streams = Array.from({ length: 40 }, () => newStream());
    await Promise.all(
      streams.map((name, i) =>
        client.appendToStream(name, numbered(3, 'contract.happened', i * 10), { expectedRevision: NO_STREAM }),
      ),
    );
    const found = await Promise.all(streams.map((name) => all(client.readStream(name))));
    expect(found.map(numbersOf)).toEqual(streams.map((_, i) => [i * 10, i * 10 + 1, i * 10 + 2]));
  });
});
