import { AccessRefusedError } from '#libs/access';
import { AppendTooLargeError, EventStoreUnavailableError, NewerEventError } from '#libs/event-store';
import { SubjectErasedError } from '#libs/privacy';
import { isTransientFailure, sqlStateOf } from '#libs/read-store';
import { HttpException } from '@nestjs/common';
import { retryAfter } from '../headers/retry-after.js';
import { ProblemError } from './problem.js';

/** Long enough for a server that's restarting. */
const RETRY_SECONDS = 2;

/** An upgrade takes its time. */
const UPGRADE_RETRY_SECONDS = 30;

/** SQLSTATE of a statement that took longer than the app lets it. */
const CANCELLED = '57014';
/** A statement that took too long here is worth trying again only when less is going on. */
const DEAR_RETRY_SECONDS = 30;

/** SQLSTATEs of a table, and of a schema, that isn't there. */
const MISSING = new Set(['42P01', '3F000']);
/** A projector that's starting makes them within that time. */
const MISSING_RETRY_SECONDS = 5;

/** Code and detail of what the framework refuses before a controller sees it. */
const byStatus: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['malformed-request', 'The request could not be read.'],
  401: ['unauthenticated', 'An API key or an access token is needed.'],
  403: ['forbidden', 'Your role does not allow this.'],
  404: ['not-found', 'There is nothing at this address.'],
  405: ['method-not-allowed', 'This address does not know this method.'],
  408: ['request-timeout', 'The request took too long to arrive.'],
  413: ['body-too-large', 'The body is larger than this address takes.'],
  414: ['address-too-long', 'The address is too long.'],
  415: ['unsupported-media-type', 'This address does not take bodies of this content type.'],
  417: ['expectation-failed', 'This cannot do what the Expect header asks for.'],
  429: ['too-many-requests', 'Too many requests.'],
  431: ['headers-too-large', 'The address and the headers together are too large.'],
  503: ['unavailable', 'The service is not available just now.'],
};

/** What the JSON parser throws, as the framework hands it on. */
const isMalformedJson = (error: unknown): boolean => {
  const cause = error instanceof HttpException ? error.cause : error;
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return (
    cause instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY'
  );
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};

/** What the framework, or Node itself, refuses with this status. */
export const problemOfStatus = (status: number): ProblemError => {
  const [code, detail] = byStatus[status] ?? ['malformed-request', undefined];
  return new ProblemError(status, code, detail === undefined ? {} : { detail });
};

/** The problem that an error is to the caller. Undefined for a bug, of which the caller learns nothing. */
export const problemOf = (error: unknown): ProblemError | undefined => {
  if (error instanceof ProblemError) return error;
  if (error instanceof AccessRefusedError) {
    return new ProblemError(error.status, error.code, { detail: error.message, headers: error.headers });
  }
  if (error instanceof NewerEventError) {
    return new ProblemError(503, 'newer-release-needed', {
      detail:
        'A newer release has written to this, and this one cannot decide on it. Nothing was stored. Send the same request again later.',
      headers: retryAfter(UPGRADE_RETRY_SECONDS),
    });
  }
  if (sqlStateOf(error) === CANCELLED) {
    return new ProblemError(503, 'query-too-expensive', {
      detail:
        'This took longer than a query may, and was given up. Ask for less (more criteria, a shorter time, a smaller page), ' +
        'or send the same request later.',
      headers: retryAfter(DEAR_RETRY_SECONDS),
    });
  }
  if (MISSING.has(sqlStateOf(error) ?? '')) {
    return new ProblemError(503, 'not-prepared', {
      detail:
        'A table that this needs is not there yet: "rapport prepare" or a projector that starts makes it. Send the same request again later.',
      headers: retryAfter(MISSING_RETRY_SECONDS),
    });
  }
  if (error instanceof EventStoreUnavailableError || isTransientFailure(error)) {
    return new ProblemError(503, 'unavailable', {
      detail: 'A server that this needs is not available just now. Send the same request again later.',
      headers: retryAfter(RETRY_SECONDS),
    });
  }
  if (error instanceof SubjectErasedError) return new ProblemError(409, 'candidate-erased', { detail: error.message });
  if (error instanceof AppendTooLargeError) return new ProblemError(413, 'events-too-large', { detail: error.message });
  const status = statusOf(error);
  if (status === undefined || status === 500) return undefined;
  if (status === 400 && isMalformedJson(error))
    return new ProblemError(400, 'malformed-json', { detail: 'The body is not valid JSON.' });
  // The framework's own messages quote addresses and bodies.
  return problemOfStatus(status);
};

/** 500, for what `problemOf` doesn't know. */
export const internalError = (): ProblemError =>
  new ProblemError(500, 'internal-error', { detail: 'Something went wrong here. It was logged.' });
