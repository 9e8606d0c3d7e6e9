import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const NAME = /\b(?:RAPPORT|OTEL|SMTP|DATABASE|EVENTSTORE)_[A-Z_]+\b|\b(?:HOST|PORT)\b/g;

/** What processes hand to processes that they start: nobody sets it. */
const internal = new Set([
  'RAPPORT_NODE_DATABASE_URL',
  'RAPPORT_KEEPER_OPTIONS',
  'EVENTSTORE_URL_UNDER_TEST',
  'DATABASE_ANSWERS_WITHIN_MILLISECONDS',
  'DATABASE_CONNECTIONS',
]);

/** The names in quotes, or in backquotes in an error message, of all that runs. */
const read = new Set(
  ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('spec.ts'))
      .flatMap((path) => text(join(folder, path)).match(/'[A-Z_]+'/g) ?? [])
      .map((quoted) => quoted.slice(1, -1))
      .filter((name) => name.replaceAll(NAME, '') === '' && !internal.has(name)),
  ),
);

const page = text('docs/settings.md');
const section = (title: string): string[] =>
  (page.split(/^## /m).find((part) => part.startsWith(title)) ?? '')
    .split('\n')
    .flatMap((line) => line.split('|')[1]?.match(NAME) ?? []);
const ofApps = [...section('Every app'), ...section('One app')];

describe('The list of settings', () => {
  it('has all that is read, and nothing else', () => {
    expect([...ofApps, ...section('One machine')].sort()).toEqual([...read].sort());
  });

  it('is what the deployment hands on to its apps', () => {
    const compose = parse(text('docker/compose.yaml'), { merge: true }) as {
      'x-app-environment': Record<string, string>;
    };
    // Ports and names are each app's own, and a file of tags needs a mount too.
    const own = new Set(['PORT', 'OTEL_SERVICE_NAME', 'RAPPORT_TAGS_FILE']);
    const handed = Object.keys(compose['x-app-environment']).filter((name) => name !== 'NODE_ENV');
    expect(handed.sort()).toEqual(ofApps.filter((name) => !own.has(name)).sort());
  });
});
