import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, FORWARDS, NO_STREAM, START, type AllStreamResolvedEvent } from '@eventstore/db-client';
import { all, connect, newStream, newType, numbered, numbersOf, positionOf } from './support/event-store.js';

const client = connect();
afterAll(() => client.dispose());

const type = newType();
const ours = (events: readonly AllStreamResolvedEvent[]): AllStreamResolvedEvent[] =>
  events.filter(({ event }) => event?.type === type);

/** Five events of three streams, in the order in which they were acknowledged. */
let written: AllStreamResolvedEvent[] = [];

const beyond = (event: AllStreamResolvedEvent | undefined): AllStreamResolvedEvent => {
  if (!event) throw new Error('The event is missing.');
  return event;
};

beforeAll(async () => {
  const streams = [newStream(), newStream(), newStream()] as const;
  const positions = [];
  for (let n = 0; n < 5; n++) {
    const { position } = await client.appendToStream(streams[n % 3] ?? streams[0], numbered(1, type, n), {
      expectedRevision: n < 3 ? NO_STREAM : 0n,
    });
    positions.push(position);
  }
  const first = positions[0];
  if (!first) throw new Error('The append answered without a position.');
  written = ours(await all(client.readAll({ fromPosition: first })));
});

describe('A read of the whole log', () => {
  it('has the events of all streams in the order in which they were acknowledged', () => {
    expect(numbersOf(written)).toEqual([0, 1, 2, 3, 4]);
    const positions = written.map((event) => positionOf(event).commit);
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('starts with the event at its position', async () => {
    const from = positionOf(beyond(written[2]));
    expect(numbersOf(await all(client.readAll({ fromPosition: from, maxCount: 1 })))).toEqual([2]);
    expect(numbersOf(ours(await all(client.readAll({ fromPosition: from }))))).toEqual([2, 3, 4]);
  });

  it('backwards leaves out the event at its position', async () => {
    const from = positionOf(beyond(written[2]));
    const events = await all(client.readAll({ direction: BACKWARDS, fromPosition: from, maxCount: 50 }));
    expect(numbersOf(ours(events))).toEqual([1, 0]);
  });

  it('backwards from the end gives the last event first', async () => {
    const events = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1_000 }));
    expect(numbersOf(ours(events))).toEqual([4, 3, 2, 1, 0]);
  });

  it('from the start gives the same events as the one backwards', async () => {
    const [first] = await all(client.readAll({ direction: FORWARDS, fromPosition: START, maxCount: 1 }));
    const position = positionOf(beyond(first));
    expect(position.commit).toBeLessThanOrEqual(positionOf(beyond(written[0])).commit);
    // Nothing comes before the first event, whatever number it has.
    const before = await all(client.readAll({ direction: BACKWARDS, fromPosition: position, maxCount: 5 }));
    expect(before).toEqual([]);
  });

  it('gives no more than it was asked for', async () => {
    expect(await all(client.readAll({ fromPosition: positionOf(beyond(written[0])), maxCount: 3 }))).toHaveLength(3);
  });

  it('forwards from the end, and backwards from the start, gives nothing', async () => {
    expect(await all(client.readAll({ fromPosition: END, maxCount: 10 }))).toEqual([]);
    expect(await all(client.readAll({ direction: BACKWARDS, fromPosition: START, maxCount: 10 }))).toEqual([]);
  });

  it('never shows an event at a position that was passed already, while writers are busy', async () => {
    const busy = newType();
    const start = positionOf(beyond(written[4]));
    const writing = Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let n = 0; n < 25; n++)
          await client.appendToStream(newStream(), numbered(1, busy, n), { expectedRevision: NO_STREAM });
      }),
    );
    let done = false;
    void writing.then(() => (done = true));
    let last: readonly bigint[] = [];
    for (;;) {
      const finished = done;
      const events = await all(client.readAll({ fromPosition: start }));
      const now = events.filter(({ event }) => event?.type === busy).map((event) => positionOf(event).commit);
      // What was read before is the beginning of what is read now.
      expect(now.slice(0, last.length)).toEqual(last);
      last = now;
      if (finished) break;
    }
    await writing;
    expect(last).toHaveLength(16 * 25);
  });
});
