import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateSecrets } from './secrets.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('The secrets of an instance', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-secrets-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are made once, and the same ever after', () => {
    const made = loadOrCreateSecrets(folder);
    expect(made.masterKey).toHaveLength(32);
    expect(made.indexKey).not.toEqual(made.masterKey);
    expect(loadOrCreateSecrets(folder, { mayCreate: false })).toEqual(made);
  });

  it('are for their owner only, also in a folder that was open to others', () => {
    chmodSync(folder, 0o755);
    loadOrCreateSecrets(folder);
    expect([folder, join(folder, 'master.key'), join(folder, 'postgres.password')].map(modeOf)).toEqual([
      0o700, 0o600, 0o600,
    ]);
  });

  it('are not made anew where data depends on them', () => {
    loadOrCreateSecrets(folder);
    rmSync(join(folder, 'index.key'));
    expect(() => loadOrCreateSecrets(folder, { mayCreate: false })).toThrow('index.key is missing');
  });

  it('are refused when they are too short', () => {
    writeFileSync(join(folder, 'master.key'), 'c2hvcnQ=\n');
    expect(() => loadOrCreateSecrets(folder)).toThrow('must hold 32 bytes in base64; it holds 5');
  });
});
