import { join, resolve } from 'node:path';
import { packageRoot } from '../processes/compiled.js';

/** Where one instance keeps what it needs. */
export interface RapportHome {
  readonly root: string;
  /** What a backup has to hold; never in one place with the secrets. */
  readonly data: string;
  /** 0700. The keys without which the data can't be read. */
  readonly secrets: string;
  /** 0700. Who runs just now. */
  readonly run: string;
  /** 0700. */
  readonly logs: string;
  /** 0700. Messages that would be sent, were there a mail server. */
  readonly outbox: string;
}

/** The parts of an instance's folder. RAPPORT_SECRETS_DIR puts the secrets elsewhere. */
export const homeAt = (root: string, env: NodeJS.ProcessEnv = process.env): RapportHome => ({
  root: resolve(root),
  data: resolve(root, 'data'),
  secrets: resolve(env['RAPPORT_SECRETS_DIR'] || join(root, 'secrets')),
  run: resolve(root, 'run'),
  logs: resolve(root, 'logs'),
  outbox: resolve(root, 'outbox'),
});

/** RAPPORT_HOME, else `.rapport` beside the package. */
export const rapportHome = (env: NodeJS.ProcessEnv = process.env): RapportHome =>
  homeAt(env['RAPPORT_HOME'] || join(packageRoot, '.rapport'), env);

/** PostgreSQL's data folder. */
export const postgresDataDir = (dataDir: string): string => join(dataDir, 'postgres');
