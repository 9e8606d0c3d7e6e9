import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordOf } from '../processes/process-record.js';
import { InstanceLockedError, takeLock } from './lock.js';

describe('The lock on an instance', () => {
  let run = '';

  beforeEach(() => {
    run = mkdtempSync(join(tmpdir(), 'rapport-lock-'));
  });

  afterEach(() => {
    rmSync(run, { recursive: true, force: true });
  });

  it('is held by one at a time', async () => {
    const lock = await takeLock(run, 'the folder');
    await expect(takeLock(run, 'the folder')).rejects.toThrow(InstanceLockedError);
    lock.release();
    (await takeLock(run, 'the folder')).release();
    expect(readdirSync(run)).toEqual([]);
  });

  it('is taken from a holder that has gone, by one of all that want it', async () => {
    const mine = recordOf(process.pid);
    writeFileSync(join(run, 'lock'), JSON.stringify({ ...mine, identity: 'of an earlier process with this pid' }));
    const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(run, 'the folder')));
    expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(run)).toEqual(['lock']);
  });

  it('is taken where its file says nothing that can be read', async () => {
    writeFileSync(join(run, 'lock'), '{"pid":');
    await takeLock(run, 'the folder');
    expect(existsSync(join(run, 'lock.breaking'))).toBe(false);
  });
});
