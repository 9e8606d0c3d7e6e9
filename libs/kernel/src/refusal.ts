/** Which kind of answer a refusal turns into: HTTP 404, 409, 412 and 422. */
export type RefusalKind = 'not-found' | 'conflict' | 'precondition-failed' | 'invalid';

/**
 * Why a command was refused. A value, not an exception.
 * `code` is stable and kebab-case; `message` says what was expected, what came and what to do, and never holds personal data.
 */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly message: string;
  /** RFC 6901 pointer into the command's body, where one field is at fault. */
  readonly pointer?: string;
}

export const refusal = (kind: RefusalKind, code: string, message: string, pointer?: string): Refusal =>
  pointer === undefined ? { kind, code, message } : { kind, code, message, pointer };
