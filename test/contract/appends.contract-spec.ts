import { afterAll, describe, expect, it } from '@jest/globals';
import {
  ANY,
  binaryEvent,
  DeadlineExceededError,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import {
  all,
  connect,
  credentials,
  failureOf,
  newStream,
  numbered,
  numbersOf,
  positionOf,
} from './support/event-store.js';

const client = connect();
afterAll(() => client.dispose());

const bytesOf = (data: unknown): number[] => (data instanceof Uint8Array ? [...data] : []);

/** The client has two ways to append; both have to tell the same. */
const ways = [
  { way: 'in a batch', options: () => ({}) },
  { way: 'by the unary call', options: () => ({ credentials: credentials() }) },
];

describe.each(ways)('An append $way', ({ options }) => {
  const append = (stream: string, events: ReturnType<typeof numbered>, expectedRevision: AppendExpectedRevision) =>
    client.appendToStream(stream, events, { expectedRevision, ...options() });

  it('gives events revisions from 0 on, without gaps', async () => {
    const stream = newStream();
    expect((await append(stream, numbered(3), NO_STREAM)).nextExpectedRevision).toBe(2n);
    expect((await append(stream, numbered(2), 2n)).nextExpectedRevision).toBe(4n);
    const events = await all(client.readStream(stream));
    expect(events.map(({ event }) => event?.revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
  });

  it('answers with a position that is the event’s own', async () => {
    const stream = newStream();
    const { position, success } = await append(stream, numbered(1), NO_STREAM);
    const [event] = await all(client.readStream(stream));
    expect(success).toBe(true);
    expect(event && positionOf(event)).toEqual(position);
  });

  it('answers with a position that isn’t before any of its events', async () => {
    const stream = newStream();
    const { position } = await append(stream, numbered(5), NO_STREAM);
    const [last] = await all(client.readStream(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }));
    expect(position?.commit).toBeGreaterThanOrEqual((last && positionOf(last).commit) ?? -1n);
  });

  it('that wants no stream is refused where there is one', async () => {
    const stream = newStream();
    await append(stream, numbered(2), NO_STREAM);
    const error = await failureOf(append(stream, numbered(1), NO_STREAM));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ streamName: stream, expectedVersion: 'no_stream', actualVersion: 1n });
  });

  it('that wants a stream is refused where there is none', async () => {
    const stream = newStream();
    const error = await failureOf(append(stream, numbered(1), STREAM_EXISTS));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ expectedVersion: 'stream_exists', actualVersion: 'no_stream' });
  });

  it('that wants a stream goes to its end', async () => {
    const stream = newStream();
    await append(stream, numbered(2), NO_STREAM);
    expect((await append(stream, numbered(1), STREAM_EXISTS)).nextExpectedRevision).toBe(2n);
  });

  it.each([0n, 7n])('that names revision %s is refused at revision 2', async (revision) => {
    const stream = newStream();
    await append(stream, numbered(3), NO_STREAM);
    const error = await failureOf(append(stream, numbered(1), revision));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ streamName: stream, expectedVersion: revision, actualVersion: 2n });
  });

  it('that names a revision is refused where there is no stream', async () => {
    const error = await failureOf(append(newStream(), numbered(1), 3n));
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ expectedVersion: 3n, actualVersion: 'no_stream' });
  });

  it('that is refused leaves nothing behind', async () => {
    const stream = newStream();
    await append(stream, numbered(1), NO_STREAM);
    await failureOf(append(stream, numbered(4), 5n));
    expect(await all(client.readStream(stream))).toHaveLength(1);
  });

  it('goes anywhere with any revision', async () => {
    const stream = newStream();
    expect((await append(stream, numbered(1), ANY)).nextExpectedRevision).toBe(0n);
    expect((await append(stream, numbered(1), ANY)).nextExpectedRevision).toBe(1n);
  });

  it('of more than the server takes is refused as a whole', async () => {
    const stream = newStream();
    const large = Array.from({ length: 3 }, () =>
      binaryEvent({ type: 'contract.large', data: new Uint8Array(600_000) }),
    );
    const error = await failureOf(client.appendToStream(stream, large, { expectedRevision: NO_STREAM, ...options() }));
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1_048_576 });
    // The next append on the same connection isn't disturbed.
    expect((await append(stream, numbered(1), NO_STREAM)).nextExpectedRevision).toBe(0n);
  });

  it('of nearly what the server takes is taken', async () => {
    const stream = newStream();
    const data = new Uint8Array(1_000_000).fill(7);
    await client.appendToStream(stream, binaryEvent({ type: 'contract.large', data }), {
      expectedRevision: NO_STREAM,
      ...options(),
    });
    const [read] = await all(client.readStream(stream));
    expect(Buffer.from(data).equals(Buffer.from(bytesOf(read?.event?.data)))).toBe(true);
  });

  it('whose deadline has passed fails, and appends nothing', async () => {
    const stream = newStream();
    const late = client.appendToStream(stream, numbered(1), {
      expectedRevision: NO_STREAM,
      deadline: -60_000,
      ...options(),
    });
    expect(await failureOf(late)).toBeInstanceOf(DeadlineExceededError);
    expect((await append(stream, numbered(1), NO_STREAM)).nextExpectedRevision).toBe(0n);
  });

  it('of one of many writers at once: one wins, the others are told the revision', async () => {
    const stream = newStream();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => append(stream, numbered(1), NO_STREAM)));
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(lost).toHaveLength(7);
    for (const error of lost) expect(error).toMatchObject({ type: 'wrong-expected-version', actualVersion: 0n });
    expect(await all(client.readStream(stream))).toHaveLength(1);
  });
});

describe('An event', () => {
  it('comes back as it was written: id, type, data, metadata, and when', async () => {
    const stream = newStream();
    const id = randomUUID();
    const before = Date.now();
    const data = { text: 'Zoë Åström', list: [1, { deep: null }], n: 1.5 };
    const metadata = { $correlationId: randomUUID(), other: true };
    await client.appendToStream(stream, jsonEvent({ id, type: 'contract.written', data, metadata }), {
      expectedRevision: NO_STREAM,
    });
    const [read] = await all(client.readStream(stream));
    expect(read?.event).toMatchObject({ id, type: 'contract.written', streamId: stream, isJson: true, data, metadata });
    // Servers' clocks may differ.
    expect(Math.abs((read?.event?.created.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });

  it('keeps binary data and metadata byte by byte', async () => {
    const stream = newStream();
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await client.appendToStream(stream, binaryEvent({ type: 'contract.binary', data: bytes, metadata: bytes }), {
      expectedRevision: NO_STREAM,
    });
    const [read] = await all(client.readStream(stream));
    expect(read?.event?.isJson).toBe(false);
    expect(bytesOf(read?.event?.data)).toEqual([...bytes]);
    expect(bytesOf(read?.event?.metadata)).toEqual([...bytes]);
  });

  it.each([
    ['letters of all kinds', `contract-ünïcödé-漢字-${randomUUID()}`],
    ['tabs and backslashes', `contract-\t\\.\\N-${randomUUID()}`],
  ])('is found in a stream whose name has %s', async (_, stream) => {
    // More than what a small group of rows takes another way into the database.
    await client.appendToStream(stream, numbered(100), { expectedRevision: NO_STREAM });
    const events = await all(client.readStream(stream));
    expect(numbersOf(events)).toEqual(numbered(100).map(({ data }) => data.n));
    expect(events.at(-1)?.event?.streamId).toBe(stream);
  });

  it('of a thousand in one append keeps its place', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(1_000), { expectedRevision: NO_STREAM });
    const events = await all(client.readStream(stream));
    expect(numbersOf(events)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  });
});
