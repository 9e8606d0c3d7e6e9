import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  END,
  eventTypeFilter,
  NO_STREAM,
  UnavailableError,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import {
  all,
  connect,
  failureOf,
  newStream,
  newType,
  numbered,
  positionOf,
  Recorder,
  within,
} from './support/event-store.js';
import { NodeDatabase, NodeProcess, urlOf } from './support/node-process.js';
import { Writers } from './support/writers.js';

const WRITERS = 32;

let database: NodeDatabase;
let node: NodeProcess;
let port: number;
let client: EventStoreDBClient;

beforeAll(async () => {
  database = await NodeDatabase.create();
  node = new NodeProcess(database.url);
  port = await node.ready();
  client = connect(urlOf(port));
});

afterAll(async () => {
  await client.dispose();
  await node.end('SIGTERM');
  await database.drop();
});

/** Positions count from 1 without a gap: nobody else writes here. */
const gapsInTheLog = async (): Promise<number> => {
  const positions = (await all(client.readAll())).map((event) => Number(positionOf(event).commit));
  return positions.filter((position, i) => position !== i + 1).length;
};

describe('The node under 32 writers', () => {
  it('loses nothing acknowledged, and has nothing twice, when it’s killed again and again', async () => {
    const writers = new Writers(client, WRITERS, newType());
    for (let kill = 1; kill <= 5; kill++) {
      const before = writers.total;
      await within('writers to write', () => writers.total > before + 200);
      await node.end('SIGKILL');
      node = new NodeProcess(database.url, port);
      await node.ready();
    }
    await writers.stop();
    expect(writers.retries).toBeGreaterThan(0);
    expect(await writers.complaints()).toEqual([]);
    expect(await gapsInTheLog()).toBe(0);
  });

  it('goes on when PostgreSQL ends its connections again and again', async () => {
    const type = newType();
    const [last] = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
    if (!last) throw new Error('The log is empty.');
    const seen = new Recorder();
    const filter = eventTypeFilter({ prefixes: [type] });
    seen.follow(client.subscribeToAll({ fromPosition: positionOf(last), filter }));
    await seen.caughtUp();
    const writers = new Writers(client, WRITERS, type);
    for (let kill = 1; kill <= 12; kill++) {
      const before = writers.total;
      await within('writers to write', () => writers.total > before + 60);
      expect(await database.terminateConnections('rapport-node')).toBe(1);
    }
    const before = writers.total;
    await within('writers to write', () => writers.total > before + 60);
    await writers.stop();
    expect(await writers.complaints()).toEqual([]);
    expect(await gapsInTheLog()).toBe(0);
    // Who was live stays so: each event came once, in order, whatever became of its acknowledgement.
    await seen.has(writers.total);
    expect(seen.error).toBeUndefined();
    expect(new Set(seen.events.map(({ event }) => event?.id)).size).toBe(seen.events.length);
    const positions = seen.events.map((event) => positionOf(event).commit);
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    await seen.close();
  });

  it('says that it’s unavailable while its database is away, and goes on after that', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(1), { expectedRevision: NO_STREAM });
    await database.setOpen(false);
    const options = { expectedRevision: 0n };
    expect(await failureOf(client.appendToStream(stream, numbered(1), options))).toBeInstanceOf(UnavailableError);
    const unary = client.appendToStream(stream, numbered(1), {
      ...options,
      credentials: { username: 'admin', password: 'changeit' },
    });
    expect(await failureOf(unary)).toBeInstanceOf(UnavailableError);
    expect(await failureOf(all(client.readStream(stream)))).toBeInstanceOf(UnavailableError);
    await database.setOpen(true);
    const event = numbered(1, 'contract.happened', 1);
    const append = async (): Promise<boolean> =>
      client.appendToStream(stream, event, options).then(
        () => true,
        () => false,
      );
    for (let tries = 0; !(await append()); tries++) expect(tries).toBeLessThan(200);
    expect(await all(client.readStream(stream))).toHaveLength(2);
  });
});

describe('After a restart the node', () => {
  it('knows its events, and what was written at which revision', async () => {
    const stream = newStream();
    const events = numbered(5);
    const first = await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const before = await all(client.readStream(stream));
    expect(await node.end('SIGTERM')).toBe(0);
    node = new NodeProcess(database.url, port);
    await node.ready();
    // The client learns that its connection is gone by its first call.
    await client.readStream(stream).cancel();
    let after: typeof before = [];
    for (let tries = 0; after.length === 0 && tries < 50; tries++)
      after = await all(client.readStream(stream)).catch(() => []);
    expect(after).toEqual(before);
    expect(await client.appendToStream(stream, events, { expectedRevision: NO_STREAM })).toEqual(first);
  });
});
