import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entrypoint = fileURLToPath(new URL('../../docker/entrypoint.sh', import.meta.url));

/** Runs the entrypoint with a `node` that only says what it was called with. */
const calledWith = (...args: string[]): string => {
  const bin = mkdtempSync(join(tmpdir(), 'entrypoint-'));
  try {
    writeFileSync(join(bin, 'node'), '#!/bin/sh\necho "$@"\n');
    chmodSync(join(bin, 'node'), 0o755);
    return spawnSync('sh', [entrypoint, ...args], {
      env: { PATH: `${bin}:${process.env['PATH']}` },
      encoding: 'utf8',
    }).stdout.trim();
  } finally {
    rmSync(bin, { recursive: true });
  }
};

describe('The image’s entrypoint', () => {
  it('runs an app by its name, and otherwise the command line', () => {
    const ofApps = '--enable-source-maps --max-semi-space-size=64';
    expect(calledWith('query-api')).toBe(`${ofApps} /rapport/dist/apps/query-api/src/main.js`);
    expect(calledWith('projections', 'verify')).toBe(
      '--enable-source-maps /rapport/dist/apps/rapport/src/main.js projections verify',
    );
    expect(calledWith()).toBe(`${ofApps} /rapport/dist/apps/command-api/src/main.js`);
  });
});
