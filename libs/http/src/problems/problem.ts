import type { Refusal, RefusalKind } from '#libs/kernel';

/** What's wrong with one field. Says what was expected, never what came. */
export interface FieldError {
  /** RFC 6901, into the body; for a query string or a path `/<parameter>`. */
  readonly pointer: string;
  readonly detail: string;
}

/** An RFC 9457 problem: the body of every answer that isn't a success. */
export interface Problem {
  /** `urn:rapport:problem:<code>`; stable, for programs. */
  readonly type: string;
  /** The same for every problem of a type. */
  readonly title: string;
  readonly status: number;
  /** About this occurrence: what was expected and what to do. */
  readonly detail?: string;
  /** `urn:rapport:request:<correlation id>`: finds the request in the logs. */
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const titleOf = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Of the answer, e.g. Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log alone. */
  readonly cause?: unknown;
}

/** Thrown anywhere below a controller, it becomes the answer. For expected failures only. */
export class ProblemError extends Error {
  readonly headers: Readonly<Record<string, string>>;

  /** @param code kebab-case and stable: the last part of the problem's type */
  constructor(
    readonly status: number,
    readonly code: string,
    private readonly details: ProblemDetails = {},
  ) {
    super(`${status} ${code}`, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'ProblemError';
    this.headers = details.headers ?? {};
  }

  /** @param correlationId of the request; absent where one request has many outcomes */
  toProblem(correlationId?: string): Problem {
    const { detail, errors } = this.details;
    return {
      type: `urn:rapport:problem:${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      ...(detail === undefined ? {} : { detail }),
      ...(correlationId === undefined ? {} : { instance: `urn:rapport:request:${correlationId}` }),
      ...(errors && errors.length > 0 ? { errors } : {}),
    };
  }
}

const statusOf: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  invalid: 422,
};

/** A refused command as a problem. */
export const problem = ({ kind, code, message, pointer }: Refusal): ProblemError =>
  new ProblemError(statusOf[kind], code, {
    detail: message,
    ...(pointer === undefined ? {} : { errors: [{ pointer, detail: message }] }),
  });

/** A body can be wrong in thousands of places; this many tell enough. */
export const MAX_ERRORS = 50;

/** 400: the request isn't what the document says. */
export const invalidRequest = (errors: readonly FieldError[]): ProblemError =>
  new ProblemError(400, 'invalid-request', {
    detail: `The request does not fit its description in ${errors.length === 1 ? 'one place' : 'several places'}.`,
    errors: errors.slice(0, MAX_ERRORS),
  });
