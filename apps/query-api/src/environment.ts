import { readEnvironment, type AppEnvironment } from '#libs/http';

/** What this app's process is told by its environment. */
export interface QueryApiEnvironment extends AppEnvironment {
  /** How long a read with `after` waits for its read models, in milliseconds. */
  readonly readWaitMilliseconds: number;
  /** How long records of searches are kept, in days. */
  readonly searchRecordDays: number;
}

const DEFAULT_WAIT = 5_000;
/** Longer than clients and proxies usually wait for an answer. */
const MAX_WAIT = 30_000;

/** Two years. */
export const SEARCH_RECORD_DAYS = 730;
/** Less than half a year answers nobody who asks what was searched for. */
const MIN_RECORD_DAYS = 180;
const MAX_RECORD_DAYS = 36_500;

/** Throws an Error that names what's missing or wrong. */
export const readQueryApiEnvironment = (env: NodeJS.ProcessEnv = process.env): QueryApiEnvironment => {
  const readWaitMilliseconds = Number(env['RAPPORT_READ_WAIT_MS'] ?? DEFAULT_WAIT);
  if (!Number.isInteger(readWaitMilliseconds) || readWaitMilliseconds < 0 || readWaitMilliseconds > MAX_WAIT)
    throw new Error(`RAPPORT_READ_WAIT_MS must be a whole number of milliseconds from 0 to ${MAX_WAIT}.`);
  const searchRecordDays = Number(env['RAPPORT_SEARCH_RECORD_DAYS'] ?? SEARCH_RECORD_DAYS);
  if (!Number.isInteger(searchRecordDays) || searchRecordDays < MIN_RECORD_DAYS || searchRecordDays > MAX_RECORD_DAYS)
    throw new Error(
      `RAPPORT_SEARCH_RECORD_DAYS must be a whole number of days from ${MIN_RECORD_DAYS} to ${MAX_RECORD_DAYS}.`,
    );
  return { ...readEnvironment(env), readWaitMilliseconds, searchRecordDays };
};
