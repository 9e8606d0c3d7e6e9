import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerReadableStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import pg from 'pg';
import type { Logger } from 'pino';
import { setTimeout as wait } from 'node:timers/promises';
import { append } from './append-service.js';
import { batchAppend } from './batch-append-service.js';
import { unimplemented } from './errors.js';
import { EventTable } from './event-table.js';
import { EventWriter } from './event-writer.js';
import { CommittedLog } from './log.js';
import { read } from './read-service.js';
import { reportTo } from './report.js';
import { readBatchRequest } from './wire.js';
import { getSupportedMethods } from './server-features.js';

const READ_CONNECTIONS = 8;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** What was answered before a stop gets out within this time. */
const FLUSH_MILLISECONDS = 250;

/** Every method of a service that has no handler answers UNIMPLEMENTED by its name. */
const withRefusals = (
  definition: ServiceDefinition,
  handlers: UntypedServiceImplementation,
): UntypedServiceImplementation => {
  const all: UntypedServiceImplementation = { ...handlers };
  for (const name of Object.keys(definition))
    all[name] ??= (call: ServerReadableStream<unknown, unknown>, callback?: sendUnaryData<unknown>): void => {
      const error = unimplemented(name);
      if (callback) callback(error);
      else call.emit('error', error);
    };
  return all;
};

/** Events are stored as the bytes that readers get: nothing is decoded to be encoded again. */
const passBytes = (message: Buffer | streams.ReadResp): Buffer =>
  Buffer.isBuffer(message) ? message : Buffer.from(message.serializeBinary());

const streamsDefinition = {
  ...streamsService.StreamsService,
  read: { ...streamsService.StreamsService.read, responseSerialize: passBytes },
  batchAppend: {
    ...streamsService.StreamsService.batchAppend,
    requestDeserialize: readBatchRequest,
    responseSerialize: (message: Buffer) => message,
  },
} as unknown as ServiceDefinition;

export interface NodeOptions {
  /** Of a database of the node's own. */
  readonly databaseUrl: string;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Another node has the database now: this one has to end. */
  readonly onSuperseded: (error: Error) => void;
}

export interface RunningNode {
  readonly port: number;
  /** Answers what it accepted, then ends all calls. */
  stop(): Promise<void>;
}

/**
 * A node that speaks EventStoreDB's protocol for what Rapport relies on, with its storage in a PostgreSQL database of its
 * own. Deleting streams, their metadata, persistent subscriptions, users and operations answer UNIMPLEMENTED.
 * Rejects with DatabaseInUseError where another node runs on the database.
 */
export const startNode = async ({ databaseUrl, port, logger, onSuperseded }: NodeOptions): Promise<RunningNode> => {
  const report = reportTo(logger);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: READ_CONNECTIONS,
    application_name: 'rapport-node-reads',
  });
  // The pool drops a connection that breaks while nobody uses it.
  pool.on('error', (error) => report(error, 'idle'));
  const log = new CommittedLog();
  const writer = new EventWriter(databaseUrl, log, report, onSuperseded);
  await writer.start();

  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': -1,
  });
  const streamHandlers = {
    read: read({ log, table: new EventTable(pool) }, report),
    append: append(writer),
    batchAppend: batchAppend(writer),
  };
  server.addService(streamsDefinition, withRefusals(streamsDefinition, streamHandlers));
  server.addService(features.ServerFeaturesService, { getSupportedMethods });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });
  return {
    port: bound,
    stop: async () => {
      await writer.stop();
      const ended = new Promise<void>((resolve) => {
        server.tryShutdown(() => resolve());
      });
      await Promise.race([ended, wait(FLUSH_MILLISECONDS)]);
      // Subscriptions have no end of their own.
      server.forceShutdown();
      await pool.end();
    },
  };
};
