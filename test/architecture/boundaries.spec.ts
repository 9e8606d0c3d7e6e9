import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const violations = fileURLToPath(new URL('./violations/', import.meta.url));
const config: { forbidden: { name: string }[] } = require('../../.dependency-cruiser.cjs');

/** The names of the rules that a tree breaks. */
const broken = (folder: string): string[] => {
  const depcruise = fileURLToPath(new URL('../../node_modules/.bin/depcruise', import.meta.url));
  const args = [
    depcruise,
    '--config',
    `${root}.dependency-cruiser.cjs`,
    '--output-type',
    'err',
    'apps',
    'libs',
    'projections',
  ];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return [...new Set([...stdout.matchAll(/^ *error ([a-z-]+):/gm)].map(([, name]) => name ?? ''))].sort();
};

describe('The import boundaries', () => {
  it('are broken by a tree that breaks each of them: no rule is blind', () => {
    expect(broken(violations)).toEqual(config.forbidden.map(({ name }) => name).sort());
  }, 60_000);
});
