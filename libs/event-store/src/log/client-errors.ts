import {
  CancelledError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { AppendTooLargeError, EventStoreUnavailableError, WrongRevisionError } from '../errors.js';

/** Whether the client found no node of a cluster that it could use: it says so by a bare error. */
export const isWithoutNode = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Failed to discover');

const isPassing = (error: unknown): boolean =>
  error instanceof UnavailableError ||
  error instanceof DeadlineExceededError ||
  error instanceof CancelledError ||
  // What a node answers to an append that it can't handle now: it's starting, too busy, or knows of no leader.
  error instanceof UnknownError ||
  isWithoutNode(error);

/** What the client throws, in our terms. */
export const translate = (error: unknown, streamId: string): unknown => {
  if (error instanceof WrongExpectedVersionError) return new WrongRevisionError(streamId);
  if (error instanceof MaxAppendSizeExceededError) return new AppendTooLargeError();
  if (isPassing(error)) return new EventStoreUnavailableError(error);
  // A broken connection reaches us in many shapes; what is left are the client's own errors, which have a `type`.
  const code = (error as { code?: unknown }).code;
  // A call that was about to begin on a connection that's being replaced.
  if (error instanceof Error && /channel has been shut down|closed channel/i.test(error.message))
    return new EventStoreUnavailableError(error);
  if (typeof code === 'number' || (typeof code === 'string' && /^(ECONN|EPIPE|ERR_HTTP2|ERR_STREAM)/.test(code)))
    return new EventStoreUnavailableError(error);
  return error;
};
