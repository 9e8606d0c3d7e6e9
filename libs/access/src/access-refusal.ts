export type AccessRefusalCode = 'unauthenticated' | 'forbidden' | 'too-many-requests' | 'unavailable';

const statusOf: Readonly<Record<AccessRefusalCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'too-many-requests': 429,
  unavailable: 503,
};

/** Thrown where a request isn't let in. Its message says what to do and never what came; HTTP shows it as problem details. */
export class AccessRefusedError extends Error {
  readonly status: number;

  /** @param headers of the answer, e.g. WWW-Authenticate and Retry-After */
  constructor(
    readonly code: AccessRefusalCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'AccessRefusedError';
    this.status = statusOf[code];
  }
}
