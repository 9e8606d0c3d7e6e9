/** How deep a chain of causes is followed. */
const MAX_CAUSES = 5;

/** What's logged of an error. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  /** Absent where it may quote data. */
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const fieldOf = (error: object, name: string): unknown => (error as Record<string, unknown>)[name];

/**
 * Messages of the JSON parser quote its input, PostgreSQL's quote values ("invalid input syntax for type uuid: …"),
 * and so do TypeORM's, which wrap them.
 */
const mayQuoteData = (error: Error): boolean =>
  error instanceof SyntaxError ||
  fieldOf(error, 'severity') !== undefined ||
  fieldOf(error, 'driverError') !== undefined ||
  fieldOf(error, 'schemaPath') !== undefined;

const frames = (stack: string | undefined): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/**
 * Type, code, message, stack frames and causes of an error, and nothing else: drivers hang the row, the statement's
 * parameters or the request on their errors, and logs hold no personal data.
 */
export const serializeError = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = fieldOf(error, 'code');
  const stack = frames(error.stack);
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(mayQuoteData(error) ? {} : { message: error.message }),
    ...(stack ? { stack } : {}),
    ...(error.cause !== undefined && depth < MAX_CAUSES ? { cause: serializeError(error.cause, depth + 1) } : {}),
  };
};
