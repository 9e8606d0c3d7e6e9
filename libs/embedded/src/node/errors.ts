import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** Trailers are how the client tells the server's errors apart; they're ASCII. */
const serviceError = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const unimplementedDetails = (what: string): string => `The embedded node does not implement ${what}.`;

export const unimplemented = (what: string): ServiceError =>
  serviceError(status.UNIMPLEMENTED, unimplementedDetails(what));

export const unavailable = (): ServiceError =>
  serviceError(status.UNAVAILABLE, 'The storage of the embedded node is not available.');

export const deadlineExceeded = (): ServiceError =>
  serviceError(status.DEADLINE_EXCEEDED, 'The deadline passed before the append was committed.');

export const invalidArgument = (details: string): ServiceError => serviceError(status.INVALID_ARGUMENT, details);

export const maxAppendSizeExceeded = (bytes: number): ServiceError =>
  serviceError(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytes),
  });
