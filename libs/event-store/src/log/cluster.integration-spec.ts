import { newId } from '#libs/kernel';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailableError } from '../errors.js';
import { EventLog } from './event-log.js';

const eventStoreUrl = new URL((process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '').replace('+discover', ''));

/** Answers who the cluster's nodes are, as each of its nodes does: only one, or none for now. */
const gossiping = async (members: () => readonly gossip.MemberInfo[]): Promise<{ server: Server; port: number }> => {
  const server = new Server();
  const read = {
    path: '/event_store.client.gossip.Gossip/Read',
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: () => new shared.Empty(),
    responseSerialize: (info: gossip.ClusterInfo) => Buffer.from(info.serializeBinary()),
    responseDeserialize: (bytes: Buffer) => gossip.ClusterInfo.deserializeBinary(bytes),
  };
  server.addService(
    { read },
    {
      read: (_call: unknown, answer: sendUnaryData<gossip.ClusterInfo>) => {
        const info = new gossip.ClusterInfo();
        info.setMembersList([...members()]);
        answer(null, info);
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { server, port };
};

const idOf = (text: string): shared.UUID => {
  const id = new shared.UUID();
  id.setString(text);
  return id;
};

const leader = (): gossip.MemberInfo => {
  const endpoint = new gossip.EndPoint();
  endpoint.setAddress(eventStoreUrl.hostname);
  endpoint.setPort(Number(eventStoreUrl.port));
  const member = new gossip.MemberInfo();
  member.setState(gossip.MemberInfo.VNodeState.LEADER);
  member.setInstanceId(idOf(newId()));
  member.setIsAlive(true);
  member.setHttpEndPoint(endpoint);
  return member;
};

describe('A cluster of event stores', () => {
  let members: readonly gossip.MemberInfo[] = [];
  let server: Server;
  let log: EventLog;

  beforeAll(async () => {
    const { server: opened, port } = await gossiping(() => members);
    server = opened;
    // Two seeds make the client look for a node by what they say.
    const options = `tls=${eventStoreUrl.searchParams.get('tls') ?? 'true'}&maxDiscoverAttempts=1&discoveryInterval=1`;
    log = new EventLog(`esdb://127.0.0.1:${port},localhost:${port}?${options}`, 'spec');
  });
  afterAll(async () => {
    await log.close();
    server.forceShutdown();
  });

  const append = () =>
    log.append(`spec-${newId()}`, 'no-stream', [{ id: newId(), type: 'thing.happened', data: {}, metadata: {} }]);

  it('of which no node can be used is unavailable, and is used again as soon as one can', async () => {
    for (let n = 0; n < 2; n++) {
      await expect(append()).rejects.toThrow(EventStoreUnavailableError);
      await expect(log.head()).rejects.toThrow(EventStoreUnavailableError);
    }
    members = [leader()];
    expect(await append()).toMatchObject({ revision: 0 });
    expect((await log.head()).commit).toBeGreaterThan(0n);
  });
});
