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

const required = (env: NodeJS.ProcessEnv, name: string): string => {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set. "rapport start" sets it for the processes that it starts.`);
  return value;
};

/** Throws an Error that names what's missing. */
export const readEnvironment = (env: NodeJS.ProcessEnv = process.env): AppEnvironment => {
  const port = Number(env['PORT'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be a number from 0 to 65535.');
  const drainSeconds = Number(env['RAPPORT_DRAIN_SECONDS'] || 0);
  if (!(drainSeconds >= 0 && drainSeconds <= MOST_DRAIN_SECONDS))
    throw new Error(`RAPPORT_DRAIN_SECONDS must be a number from 0 to ${MOST_DRAIN_SECONDS}.`);
  return {
    databaseUrl: required(env, 'DATABASE_URL'),
    eventStoreUrl: required(env, 'EVENTSTORE_URL'),
    secretsDir: required(env, 'RAPPORT_SECRETS_DIR'),
    port,
    host: env['HOST'] ?? '127.0.0.1',
    logLevel: env['RAPPORT_LOG_LEVEL'] ?? 'info',
    drainMilliseconds: drainSeconds * 1_000,
  };
};
