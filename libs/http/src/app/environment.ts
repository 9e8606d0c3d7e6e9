import { numberSetting, textSetting } from '#libs/settings';

/** What every app's process is told by its environment. */
export interface AppEnvironment {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  /** The folder with `master.key` and `index.key`. */
  readonly secretsDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** How long the process still serves, and says that it isn't ready, after it was asked to stop. */
  readonly drainMilliseconds: number;
}

const MOST_DRAIN_SECONDS = 300;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const required = (env: NodeJS.ProcessEnv, name: string): string => {
  const value = textSetting(env, name);
  if (value === undefined)
    throw new Error(`${name} is not set. "rapport start" sets it for the processes that it starts.`);
  return value;
};

/** Throws an Error that names what's missing or wrong. */
export const readEnvironment = (env: NodeJS.ProcessEnv = process.env): AppEnvironment => {
  const drainSeconds = numberSetting(env, 'RAPPORT_DRAIN_SECONDS', {
    from: 0,
    to: MOST_DRAIN_SECONDS,
    what: 'seconds',
  });
  const logLevel = textSetting(env, 'RAPPORT_LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) throw new Error(`RAPPORT_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  return {
    databaseUrl: required(env, 'DATABASE_URL'),
    eventStoreUrl: required(env, 'EVENTSTORE_URL'),
    secretsDir: required(env, 'RAPPORT_SECRETS_DIR'),
    port: numberSetting(env, 'PORT', { from: 0, to: 65_535, whole: true }) ?? 0,
    host: textSetting(env, 'HOST') ?? '127.0.0.1',
    logLevel,
    drainMilliseconds: (drainSeconds ?? 0) * 1_000,
  };
};
