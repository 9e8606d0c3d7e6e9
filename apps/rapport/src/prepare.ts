/** What the servers' readiness leaves to do before the apps start. */
export interface PrepareEnvironment {
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly secretsDir: string;
}

/** What the operator should be told, once. */
export interface Prepared {
  /** API keys by role, in the clear, where this start was the first one. */
  readonly firstKeys?: Readonly<Record<string, string>> | undefined;
}

/** Runs once the servers are up and before any app starts. Safe to run again at every start. */
export const prepare = (_environment: PrepareEnvironment): Promise<Prepared> => Promise.resolve({});
