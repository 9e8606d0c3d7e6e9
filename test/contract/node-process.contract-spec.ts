import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_STREAM, UnavailableError, type EventStoreDBClient } from '@eventstore/db-client';
import { all, connect, failureOf, newStream, numbered, Recorder, within } from './support/event-store.js';
import { NodeDatabase, NodeProcess, urlOf } from './support/node-process.js';

let database: NodeDatabase;
let node: NodeProcess;
let client: EventStoreDBClient;
const others: NodeProcess[] = [];
const databases: NodeDatabase[] = [];

beforeAll(async () => {
  database = await NodeDatabase.create();
  node = new NodeProcess(database.url);
  client = connect(urlOf(await node.ready()));
});

afterEach(async () => {
  for (const other of others.splice(0)) await other.end('SIGKILL');
  for (const other of databases.splice(0)) await other.drop();
});

afterAll(async () => {
  await client.dispose();
  await node.end('SIGKILL');
  await database.drop();
});

const anotherDatabase = async (): Promise<NodeDatabase> => {
  const other = await NodeDatabase.create();
  databases.push(other);
  return other;
};

const start = (url: string, port = 0): NodeProcess => {
  const other = new NodeProcess(url, port);
  others.push(other);
  return other;
};

describe('A node', () => {
  it('says in one line of JSON that it’s ready, and where', async () => {
    const port = await node.ready();
    expect(node.stdout).toBe(`${JSON.stringify({ ready: true, port })}\n`);
  });

  it('is refused on a database that another one has, and says why', async () => {
    const second = start(database.url);
    expect(await second.ended()).toBe(1);
    expect(second.stderr).toContain('Another event store node is running on this database.');
    expect(second.stdout).toBe('');
    // The first one wasn't disturbed.
    const { success } = await client.appendToStream(newStream(), numbered(1), { expectedRevision: NO_STREAM });
    expect(success).toBe(true);
  });

  it('doesn’t start on a port that is taken, and lets go of its database', async () => {
    const other = await anotherDatabase();
    const failed = start(other.url, await node.ready());
    expect(await failed.ended()).toBe(1);
    expect(failed.stderr).toContain('EADDRINUSE');
    await start(other.url).ready();
  });

  it('doesn’t start without its database, and says so', async () => {
    const url = new URL(database.url);
    url.pathname = '/there_is_none';
    const failed = start(url.href);
    expect(await failed.ended()).toBe(1);
    expect(failed.stderr).toContain('could not start');
  });

  it('ends when its parent has gone', async () => {
    const other = await anotherDatabase();
    const orphan = start(other.url);
    await orphan.ready();
    orphan.disconnect();
    expect(await orphan.ended()).toBe(0);
  });

  it('answers UNIMPLEMENTED to what it doesn’t do', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(1), { expectedRevision: NO_STREAM });
    const refusals = [
      client.deleteStream(stream),
      client.tombstoneStream(stream),
      client.createPersistentSubscriptionToStream(stream, 'group', {
        resolveLinkTos: false,
        startFrom: 'start',
        extraStatistics: false,
        messageTimeout: 1_000,
        maxRetryCount: 1,
        checkPointAfter: 1_000,
        checkPointLowerBound: 1,
        checkPointUpperBound: 1,
        maxSubscriberCount: 'unbounded',
        liveBufferSize: 1,
        readBatchSize: 1,
        historyBufferSize: 1,
        consumerStrategyName: 'RoundRobin',
      }),
      client.setStreamMetadata(stream, { maxCount: 1 }),
      client.listProjections(),
    ];
    for (const refusal of await Promise.all(refusals.map(failureOf)))
      expect(refusal.message).toMatch(/unimplemented|does not implement|not support|requires server version/i);
    expect(await all(client.readStream(stream))).toHaveLength(1);
  });

  it('ends at SIGTERM with what it accepted answered, and its readers told', async () => {
    const stream = newStream();
    await client.appendToStream(stream, numbered(1), { expectedRevision: NO_STREAM });
    const seen = new Recorder().follow(client.subscribeToStream(stream));
    await seen.caughtUp();
    const appends = Promise.allSettled(
      Array.from({ length: 50 }, () =>
        client.appendToStream(newStream(), numbered(1), { expectedRevision: NO_STREAM }),
      ),
    );
    const code = await node.end('SIGTERM');
    expect(code).toBe(0);
    for (const outcome of await appends)
      expect(outcome.status === 'fulfilled' || outcome.reason instanceof Error).toBe(true);
    await within('the subscription to be told', () => seen.error !== undefined);
    expect(await failureOf(all(client.readStream(stream)))).toBeInstanceOf(UnavailableError);
    expect(node.stderr).not.toMatch(/"level":(50|60)/);
  });
});
