import { afterAll, describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, eventTypeFilter, NO_STREAM } from '@eventstore/db-client';
import { all, connect, newStream, newType, numbered, positionOf, Recorder, within } from './support/event-store.js';

const client = connect();
afterAll(() => client.dispose());

const WINDOW = 32;

const head = async () => {
  const [last] = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
  return last ? positionOf(last) : { commit: 0n, prepare: 0n };
};

describe('The checkpoints of a filtered subscription', () => {
  it('come once it has caught up, at the end of what it looked at', async () => {
    const seen = new Recorder();
    const stream = newStream();
    const { position } = await client.appendToStream(stream, numbered(3), { expectedRevision: NO_STREAM });
    const filter = eventTypeFilter({ prefixes: [newType()], checkpointReached: seen.checkpointReached });
    seen.follow(client.subscribeToAll({ fromPosition: await head(), filter }));
    await seen.caughtUp();
    await within('a checkpoint', () => seen.checkpoints.length > 0);
    expect(seen.checkpoints.at(-1)?.commit).toBeGreaterThanOrEqual(position?.commit ?? -1n);
    await seen.close();
  });

  it.each([1, 4])('move on over events that it filters out, every %s times 32 events', async (checkpointInterval) => {
    const seen = new Recorder();
    const start = await head();
    const filter = eventTypeFilter({
      prefixes: [newType()],
      checkpointInterval,
      checkpointReached: seen.checkpointReached,
    });
    seen.follow(client.subscribeToAll({ fromPosition: start, filter }));
    await seen.caughtUp();
    const before = seen.checkpoints.length;
    const rounds = 6;
    const { position } = await client.appendToStream(newStream(), numbered(rounds * WINDOW * checkpointInterval), {
      expectedRevision: NO_STREAM,
    });
    // Others write too, and the window isn't aligned to our events: one more or less.
    await within('checkpoints', () => seen.checkpoints.length >= before + rounds - 1);
    const fresh = seen.checkpoints.slice(before);
    expect(seen.events).toEqual([]);
    const commits = fresh.map(({ commit }) => commit);
    expect(commits).toEqual([...commits].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(commits).size).toBe(commits.length);
    expect(commits[0]).toBeGreaterThan(start.commit);
    expect(position).toBeDefined();
    await seen.close();
  });

  it('are positions from which nothing is missed', async () => {
    const type = newType();
    const start = await head();
    await client.appendToStream(newStream(), numbered(100), { expectedRevision: NO_STREAM });
    await client.appendToStream(newStream(), numbered(1, type), { expectedRevision: NO_STREAM });
    await client.appendToStream(newStream(), numbered(100), { expectedRevision: NO_STREAM });
    const first = new Recorder();
    const filter = eventTypeFilter({ prefixes: [type], checkpointReached: first.checkpointReached });
    first.follow(client.subscribeToAll({ fromPosition: start, filter }));
    await first.has(1);
    await first.caughtUp();
    const event = first.events[0];
    const at = event ? positionOf(event).commit : -1n;
    await first.close();
    const before = first.checkpoints.findLast(({ commit }) => commit < at);
    const after = first.checkpoints.find(({ commit }) => commit >= at);
    const again = async (fromPosition: typeof before): Promise<number> => {
      const seen = new Recorder();
      seen.follow(
        client.subscribeToAll({ fromPosition: fromPosition ?? start, filter: eventTypeFilter({ prefixes: [type] }) }),
      );
      await seen.caughtUp();
      await seen.close();
      return seen.events.length;
    };
    expect(await again(before)).toBe(1);
    expect(after).toBeDefined();
    expect(await again(after)).toBe(0);
  });
});
