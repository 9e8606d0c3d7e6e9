import { readEnvironment, type AppEnvironment } from '#libs/http';
import { numberSetting } from '#libs/settings';

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
  const wait = numberSetting(env, 'RAPPORT_READ_WAIT_MS', { from: 0, to: MAX_WAIT, what: 'milliseconds', whole: true });
  const days = numberSetting(env, 'RAPPORT_SEARCH_RECORD_DAYS', {
    from: MIN_RECORD_DAYS,
    to: MAX_RECORD_DAYS,
    what: 'days',
    whole: true,
  });
  return {
    ...readEnvironment(env),
    readWaitMilliseconds: wait ?? DEFAULT_WAIT,
    searchRecordDays: days ?? SEARCH_RECORD_DAYS,
  };
};
