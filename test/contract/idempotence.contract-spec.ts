import { afterAll, describe, expect, it } from '@jest/globals';
import { ANY, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { all, connect, failureOf, newStream, numbered } from './support/event-store.js';

const client = connect();
afterAll(() => client.dispose());

describe('The same events appended again', () => {
  it('to no stream are there once, and the answer is the first one', async () => {
    const stream = newStream();
    const events = numbered(3);
    const first = await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const again = await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    expect(again).toEqual(first);
    expect(await all(client.readStream(stream))).toHaveLength(3);
  });

  it('at the revision that they were written at are there once, however much came after them', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(2), { expectedRevision: NO_STREAM });
    const events = numbered(2);
    const first = await client.appendToStream(stream, events, { expectedRevision: 1n });
    await client.appendToStream(stream, numbered(20), { expectedRevision: 3n });
    const again = await client.appendToStream(stream, events, { expectedRevision: 1n });
    expect(again).toEqual(first);
    expect(await all(client.readStream(stream))).toHaveLength(24);
  });

  it('at once, by many writers, are there once', async () => {
    const stream = newStream();
    const events = numbered(2);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => client.appendToStream(stream, events, { expectedRevision: NO_STREAM })),
    );
    expect(new Set(answers.map(({ nextExpectedRevision }) => nextExpectedRevision))).toEqual(new Set([1n]));
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });

  it('with others after them are refused', async () => {
    const stream = newStream();
    const events = numbered(2);
    await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const longer = client.appendToStream(stream, [...events, ...numbered(1)], { expectedRevision: NO_STREAM });
    expect(await failureOf(longer)).toBeInstanceOf(WrongExpectedVersionError);
  });

  it('in part are repeated where they are the first of what was written', async () => {
    const stream = newStream();
    const events = numbered(3);
    await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const shorter = await client.appendToStream(stream, events.slice(0, 2), { expectedRevision: NO_STREAM });
    expect(shorter.nextExpectedRevision).toBe(1n);
    expect(await all(client.readStream(stream))).toHaveLength(3);
  });

  it('in another order are refused', async () => {
    const stream = newStream();
    const events = numbered(2);
    await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const reversed = client.appendToStream(stream, events.toReversed(), { expectedRevision: NO_STREAM });
    expect(await failureOf(reversed)).toBeInstanceOf(WrongExpectedVersionError);
  });

  it('at the stream’s end are written again: an id alone protects from nothing', async () => {
    const stream = newStream();
    const events = numbered(1);
    await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    expect((await client.appendToStream(stream, events, { expectedRevision: 0n })).nextExpectedRevision).toBe(1n);
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });

  it('with any revision, soon after, are there once', async () => {
    const stream = newStream();
    const events = numbered(2);
    await client.appendToStream(stream, events, { expectedRevision: ANY });
    const again = await client.appendToStream(stream, events, { expectedRevision: ANY });
    expect(again.nextExpectedRevision).toBe(1n);
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });

  it('to another stream are new', async () => {
    const events = numbered(2);
    for (const stream of [newStream(), newStream()]) {
      await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
      expect(await all(client.readStream(stream))).toHaveLength(2);
    }
  });
});
