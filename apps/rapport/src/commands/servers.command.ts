import type { Command } from 'commander';
import { join } from 'node:path';
import { serve } from '../running/serve.js';
import { withoutPassword } from '../terminal.js';

export const registerServers = (program: Command): void => {
  program
    .command('servers')
    .description('Run the embedded PostgreSQL and event store node alone, for apps that are started by hand.')
    .action(() =>
      serve({
        apps: false,
        announce: ({ addresses, secretsDir }, home) => [
          '',
          'Rapport is ready: the servers alone.',
          `  event store  ${withoutPassword(addresses.eventStoreUrl)}`,
          `  PostgreSQL   ${withoutPassword(addresses.databaseUrl)}`,
          `  whole addresses, with the password, are in ${join(home.run, 'instance.json')}`,
          `  secrets      ${secretsDir}`,
          '',
          'Ctrl-C stops them.',
        ],
      }),
    );
};
