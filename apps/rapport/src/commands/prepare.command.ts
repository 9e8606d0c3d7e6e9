import { loadOrCreateSecrets, rapportHome } from '#libs/embedded';
import type { Command } from 'commander';
import { prepare } from '../prepare.js';
import { say } from '../terminal.js';

const run = async ({ createSecrets = false }: { createSecrets?: boolean }): Promise<void> => {
  const { DATABASE_URL: databaseUrl, EVENTSTORE_URL: eventStoreUrl } = process.env;
  if (!databaseUrl || !eventStoreUrl)
    throw new Error('Set DATABASE_URL and EVENTSTORE_URL: "rapport start" prepares its own servers by itself.');
  const { secrets } = rapportHome();
  if (createSecrets) loadOrCreateSecrets(secrets);
  const { firstKeys } = await prepare({ databaseUrl, secretsDir: secrets });
  say(firstKeys ? `Prepared. The first API keys lie in ${secrets}.` : 'Prepared.');
};

/** `rapport prepare`: before the apps of a new version start on real servers. Safe to run again. */
export const registerPrepare = (program: Command): void => {
  program
    .command('prepare')
    .description('Bring the schemas of real servers up to date, and check that the secrets are theirs.')
    .option('--create-secrets', 'make the secrets that are missing; only ever for a new database')
    .action(run);
};
