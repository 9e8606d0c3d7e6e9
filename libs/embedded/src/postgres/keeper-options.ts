/** What the supervisor tells the keeper of PostgreSQL. */
export interface KeeperOptions {
  /** The data folder; made if it's missing. */
  readonly dataDir: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** A file whose first line is the superuser's password, for the first start. */
  readonly passwordFile: string;
  /** False gives up every promise about power cuts and crashes for speed: for tests. */
  readonly durable: boolean;
  /** A folder to remove once PostgreSQL has stopped because the supervisor has gone. */
  readonly removeWhenAbandoned?: string;
}

const VARIABLE = 'RAPPORT_KEEPER_OPTIONS';

/** The variable that tells the keeper its port: it changes apart from the rest. */
export const KEEPER_PORT_VARIABLE = 'PORT';

export const keeperEnvironment = ({ port, ...options }: KeeperOptions): NodeJS.ProcessEnv => ({
  [VARIABLE]: JSON.stringify(options),
  [KEEPER_PORT_VARIABLE]: String(port),
});

/** Throws an Error if this process wasn't started by a supervisor. */
export const keeperOptions = (env: NodeJS.ProcessEnv): KeeperOptions => {
  const options = env[VARIABLE];
  if (options === undefined) throw new Error('This process is started by "rapport start" only.');
  return { ...(JSON.parse(options) as Omit<KeeperOptions, 'port'>), port: Number(env[KEEPER_PORT_VARIABLE]) };
};
