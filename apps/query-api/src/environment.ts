import { readEnvironment, type AppEnvironment } from '#libs/http';

/** What this app's process is told by its environment. */
export interface QueryApiEnvironment extends AppEnvironment {
  /** How long a read with `after` waits for its read models, in milliseconds. */
  readonly readWaitMilliseconds: number;
}

const DEFAULT_WAIT = 5_000;
/** Longer than clients and proxies usually wait for an answer. */
const MAX_WAIT = 30_000;

/** Throws an Error that names what's missing or wrong. */
export const readQueryApiEnvironment = (env: NodeJS.ProcessEnv = process.env): QueryApiEnvironment => {
  const readWaitMilliseconds = Number(env['RAPPORT_READ_WAIT_MS'] ?? DEFAULT_WAIT);
  if (!Number.isInteger(readWaitMilliseconds) || readWaitMilliseconds < 0 || readWaitMilliseconds > MAX_WAIT)
    throw new Error(`RAPPORT_READ_WAIT_MS must be a whole number of milliseconds from 0 to ${MAX_WAIT}.`);
  return { ...readEnvironment(env), readWaitMilliseconds };
};
