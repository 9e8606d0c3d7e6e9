import type { Logger } from '#libs/observability';
import { serializeError } from '#libs/observability';

/** What the engine needs of the process's logger. */
export type EngineLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/** An error for the log: kind, code and where it was thrown. A handler's message could quote the event. */
export const faultOf = (error: unknown): Record<string, unknown> => {
  const { message: _, cause, ...fault } = serializeError(error);
  return cause === undefined ? fault : { ...fault, cause: { type: cause.type, code: cause.code, stack: cause.stack } };
};
