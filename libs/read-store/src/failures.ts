import { DatabaseUnavailableError, isConnectionFailure } from './database.js';

/** SQLSTATE of an error that PostgreSQL answered with. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** Serialization failure, deadlock, lock time-out, cancelled statement, idle transaction ended. */
const PASSING = new Set(['40001', '40P01', '55P03', '57014', '25P03', '25P04']);

/** Whether the same statements may succeed later, with nothing changed but the time. */
export const isTransientFailure = (error: unknown): boolean =>
  error instanceof DatabaseUnavailableError || isConnectionFailure(error) || PASSING.has(sqlStateOf(error) ?? '');
