import type { sendUnaryData } from '@grpc/grpc-js';
import messages from '@eventstore/db-client/generated/serverfeatures_pb.js';

/** The version that clients are told; what they may use is listed one by one. */
const SERVER_VERSION = '23.10.0';

const supported = [
  { service: 'event_store.client.streams.streams', method: 'read', features: ['stream', 'all'] },
  { service: 'event_store.client.streams.streams', method: 'append', features: [] },
  { service: 'event_store.client.streams.streams', method: 'batchappend', features: [] },
  { service: 'event_store.client.server_features.serverfeatures', method: 'getsupportedmethods', features: [] },
] as const;

/** GetSupportedMethods: the client asks it first, and appends in batches where it's told that it can. */
export const getSupportedMethods = (_call: unknown, callback: sendUnaryData<messages.SupportedMethods>): void => {
  const answer = new messages.SupportedMethods();
  answer.setEventStoreServerVersion(SERVER_VERSION);
  for (const { service, method, features } of supported) {
    const message = new messages.SupportedMethod();
    message.setServiceName(service);
    message.setMethodName(method);
    message.setFeaturesList([...features]);
    answer.addMethods(message);
  }
  callback(null, answer);
};
