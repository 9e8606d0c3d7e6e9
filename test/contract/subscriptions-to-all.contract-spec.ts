import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  END,
  eventTypeFilter,
  NO_STREAM,
  START,
  streamNameFilter,
  type Position,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import {
  all,
  connect,
  newStream,
  newType,
  numbered,
  numbersOf,
  positionOf,
  Recorder,
  within,
} from './support/event-store.js';

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

/** Where the log ends now. */
const head = async (): Promise<Position> => {
  const [last] = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
  return last ? positionOf(last) : { commit: 0n, prepare: 0n };
};

const write = async (count: number, type: string, from = 0, stream = newStream()): Promise<Position> => {
  const { position } = await client.appendToStream(stream, numbered(count, type, from), {
    expectedRevision: NO_STREAM,
  });
  if (!position) throw new Error('The append answered without a position.');
  return position;
};

describe('A subscription to the whole log', () => {
  it('has every event from the start on', async () => {
    const type = newType();
    await write(3, type);
    const seen = recorder().follow(client.subscribeToAll({ fromPosition: START }));
    await seen.caughtUp();
    expect(seen.events.filter(({ event }) => event?.type === type)).toHaveLength(3);
    const [first] = await all(client.readAll({ fromPosition: START, maxCount: 1 }));
    expect(seen.events[0]?.event?.id).toBe(first?.event?.id);
  });

  it('leaves out the event at its position', async () => {
    const type = newType();
    const first = await write(1, type, 0);
    await write(1, type, 1);
    const seen = recorder().follow(
      client.subscribeToAll({ fromPosition: first, filter: eventTypeFilter({ prefixes: [type] }) }),
    );
    await seen.has(1);
    await seen.caughtUp();
    expect(seen.numbers).toEqual([1]);
  });

  it('from the end gets only what comes after it', async () => {
    const type = newType();
    await write(2, type, 0);
    const seen = recorder().follow(
      client.subscribeToAll({ fromPosition: END, filter: eventTypeFilter({ prefixes: [type] }) }),
    );
    await seen.caughtUp();
    await write(2, type, 2);
    await seen.has(2);
    expect(seen.numbers).toEqual([2, 3]);
  });

  it('without a filter goes on live, in the order of positions', async () => {
    const type = newType();
    const seen = recorder().follow(client.subscribeToAll({ fromPosition: await head() }));
    await seen.caughtUp();
    for (let n = 0; n < 10; n++) await write(1, type, n);
    const ours = () => seen.events.filter(({ event }) => event?.type === type);
    await within('ten events', () => ours().length === 10);
    expect(numbersOf(ours())).toEqual(range(0, 10));
  });

  it('that starts while writers are busy has no gap and nothing twice, and all see one order', async () => {
    const type = newType();
    const start = await head();
    const [writers, each] = [12, 60];
    const writing = Promise.all(
      range(0, writers).map(async (writer) => {
        for (let n = 0; n < each; n++) await write(1, type, writer * each + n);
      }),
    );
    const subscribed: Recorder[] = [];
    for (let i = 0; i < 8; i++) {
      const filter = eventTypeFilter({ regex: `^${type.replaceAll('.', '\\.')}$` });
      const seen = recorder().follow(client.subscribeToAll({ fromPosition: start, filter }));
      subscribed.push(seen);
      await seen.caughtUp();
    }
    await writing;
    const ids = new Set<string>();
    for (const seen of subscribed) {
      await seen.has(writers * each);
      expect(new Set(seen.numbers).size).toBe(writers * each);
      expect(seen.events).toHaveLength(writers * each);
      ids.add(seen.events.map(({ event }) => event?.id).join());
    }
    expect(ids.size).toBe(1);
  });

  it('goes on where another one stopped', async () => {
    const type = newType();
    const start = await head();
    await write(300, type);
    const filter = eventTypeFilter({ prefixes: [type] });
    const first = recorder().follow(client.subscribeToAll({ fromPosition: start, filter }));
    await first.has(100);
    await first.close();
    const got = first.events.slice(0, 100);
    const last = got.at(-1);
    if (!last) throw new Error('Nothing came.');
    const second = recorder().follow(client.subscribeToAll({ fromPosition: positionOf(last), filter }));
    await second.has(200);
    expect(numbersOf([...got, ...second.events])).toEqual(range(0, 300));
  });
});

describe('A filter', () => {
  const mark = randomUUID();
  const category = (name: string): string => `${name}${mark}-${randomUUID()}`;

  it.each([
    { by: 'stream names that begin so', filter: () => streamNameFilter({ prefixes: [`red${mark}-`, `blue${mark}-`] }) },
    { by: 'stream names that match', filter: () => streamNameFilter({ regex: `^(red|blue)${mark}-` }) },
    { by: 'event types that begin so', filter: () => eventTypeFilter({ prefixes: [`red.${mark}`, `blue.${mark}`] }) },
    { by: 'event types that match', filter: () => eventTypeFilter({ regex: `^(red|blue)\\.${mark}$` }) },
  ])('lets through by $by, both before and after catching up', async ({ filter }) => {
    const start = await head();
    const writeAll = async (from: number): Promise<void> => {
      await write(1, `red.${mark}`, from, category('red'));
      await write(1, `green.${mark}`, from + 1, category('green'));
      await write(1, `blue.${mark}`, from + 2, category('blue'));
    };
    await writeAll(0);
    const seen = recorder().follow(client.subscribeToAll({ fromPosition: start, filter: filter() }));
    await seen.caughtUp();
    await writeAll(10);
    await seen.has(4);
    expect(seen.numbers).toEqual([0, 2, 10, 12]);
  });
});
