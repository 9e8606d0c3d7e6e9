import type { RapportHome } from '#libs/embedded';
import type { Command } from 'commander';
import { join } from 'node:path';
import { emailOnThisMachine } from '../running/email-on-this-machine.js';
import { serve } from '../running/serve.js';
import type { RunningRapport } from '../running/start-rapport.js';
import { withoutPassword } from '../terminal.js';

/** A command that works as it's printed: it takes the key from its file rather than showing it. */
const curlLine = (commandApiUrl: string, keysFile: string): string =>
  [
    `curl -s -X POST ${commandApiUrl}/v1/candidates`,
    `-H "Authorization: Bearer $(node -p 'require(${JSON.stringify(keysFile)}).service')"`,
    `-H 'Content-Type: application/json'`,
    `-d '{"name":{"full":"Ada Lovelace"},"title":"Software Engineer","location":{"city":"Austin","country":"US"}}'`,
  ].join(' \\\n    ');

const keyLines = (firstKeys: Readonly<Record<string, string>> | undefined): string[] =>
  firstKeys === undefined
    ? []
    : [
        '',
        'First start: one API key for each role. They are shown only this once.',
        ...Object.entries(firstKeys).map(([role, key]) => `  ${role.padEnd(12)} ${key}`),
      ];

/** What's printed once everything is up. */
const announcement = ({ addresses, secretsDir, prepared }: RunningRapport, home: RapportHome): string[] => {
  const keysFile = join(secretsDir, 'api-keys.json');
  const {
    commandApiUrl = '',
    queryApiUrl = '',
    projectorUrl = '',
    automationUrl = '',
    eventStoreUrl,
    databaseUrl,
  } = addresses;
  return [
    ...keyLines(prepared.firstKeys),
    '',
    'Rapport is ready.',
    `  command API  ${commandApiUrl}   (docs: ${commandApiUrl}/docs)`,
    `  query API    ${queryApiUrl}   (docs: ${queryApiUrl}/docs)`,
    `  projector    ${projectorUrl}   (status: ${projectorUrl}/status)`,
    `  automation   ${automationUrl}   (metrics: ${automationUrl}/metrics)`,
    `  event store  ${withoutPassword(eventStoreUrl)}`,
    `  PostgreSQL   ${withoutPassword(databaseUrl)}`,
    `  API keys     ${keysFile}`,
    `  email        ${emailOnThisMachine(home).told}`,
    '',
    'Try:',
    `  ${curlLine(commandApiUrl, keysFile)}`,
    '',
    'Ctrl-C stops everything.',
  ];
};

export const registerStart = (program: Command): void => {
  program
    .command('start')
    .description(
      'Run Rapport on this machine: the APIs, the projector, and the servers that DATABASE_URL and EVENTSTORE_URL do not name.',
    )
    .action(() => serve({ apps: true, announce: announcement }));
};
