import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import pg from 'pg';
import { append, batchAppend } from './append-service.js';
import { unimplemented } from './errors.js';
import { EventTable } from './event-table.js';
import { EventWriter } from './event-writer.js';
import { CommitSignal, type Log } from './log.js';
import { read } from './read-service.js';
import { RecentRecords } from './recent.js';

/** The version that clients are told; features are listed one by one. */
const SERVER_VERSION = '23.10.0';
const RECENT_RECORDS = 20_000;
const RECENT_BYTES = 64 * 1024 * 1024;
const READ_CONNECTIONS = 8;

const supported = [
  ['event_store.client.streams.streams', ['read', 'append', 'batchappend'], ['stream', 'all']],
  ['event_store.client.server_features.serverfeatures', ['getsupportedmethods'], []],
] as const;

const supportedMethods = (): featureMessages.SupportedMethods => {
  const answer = new featureMessages.SupportedMethods();
  answer.setEventStoreServerVersion(SERVER_VERSION);
  for (const [service, methods, abilities] of supported) {
    for (const name of methods) {
      const method = new featureMessages.SupportedMethod();
      method.setServiceName(service);
      method.setMethodName(name);
      if (name === 'read') method.setFeaturesList([...abilities]);
      answer.addMethods(method);
    }
  }
  return answer;
};

/** Everything that a service has and we don't answers UNIMPLEMENTED by its name. */
const withRefusals = (
  definition: ServiceDefinition,
  handlers: UntypedServiceImplementation,
): UntypedServiceImplementation => {
  const all: UntypedServiceImplementation = { ...handlers };
  for (const name of Object.keys(definition)) {
    all[name] ??= (call: { emit?: (event: string, error: Error) => void }, callback?: (error: Error) => void) => {
      const error = unimplemented(name);
      if (callback) callback(error);
      else call.emit?.('error', error);
    };
  }
  return all;
};

export interface RunningNode {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A node that speaks EventStoreDB's protocol for what Rapport relies on, with its storage in a PostgreSQL database of its own.
 * Deleting streams, persistent subscriptions, projections, users and operations answer UNIMPLEMENTED.
 * Rejects with DatabaseInUseError where another node runs on the database.
 */
export const startNode = async (databaseUrl: string, port: number): Promise<RunningNode> => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: READ_CONNECTIONS,
    application_name: 'rapport-node-reads',
  });
  pool.on('error', () => undefined);
  const table = new EventTable(pool);
  const recent = new RecentRecords(RECENT_RECORDS, RECENT_BYTES);
  const signal = new CommitSignal();
  const writer = new EventWriter(databaseUrl, table, recent, () => signal.notify());
  await writer.start();
  const log: Log = {
    table,
    recent,
    get head() {
      return writer.head;
    },
    committed: () => signal.next(),
  };

  const server = new Server({
    'grpc.max_receive_message_length': 16 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': 10_000,
  });
  const { read: readMethod, ...others } = streamsService.StreamsService;
  const definition = {
    ...others,
    // Events are stored as the bytes that readers get: nothing is decoded to be encoded again.
    read: {
      ...readMethod,
      responseSerialize: (message: Buffer | streams.ReadResp) =>
        Buffer.isBuffer(message) ? message : Buffer.from(message.serializeBinary()),
    },
  } as unknown as ServiceDefinition;
  server.addService(
    definition,
    withRefusals(definition, {
      read: read(log) as never,
      append: append(writer) as never,
      batchAppend: batchAppend(writer) as never,
    }),
  );
  server.addService(features.ServerFeaturesService, {
    getSupportedMethods: ((_call: unknown, callback: (error: null, answer: featureMessages.SupportedMethods) => void) =>
      callback(null, supportedMethods())) as never,
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
  return {
    port: bound,
    stop: async () => {
      server.forceShutdown();
      await writer.stop();
      await pool.end();
    },
  };
};
