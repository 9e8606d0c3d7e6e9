import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, recordOf, type ProcessRecord } from '../processes/process-record.js';
import { waitUntil } from '../processes/wait-until.js';
import { makePrivateFolder, writePrivateFile } from './private-file.js';

/** Thrown where another process already runs the instance of this folder. */
export class InstanceLockedError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `Rapport already runs on ${folder} (pid ${pid}). Stop that one first, or set RAPPORT_HOME to another folder.`,
    );
    this.name = 'InstanceLockedError';
  }
}

const holderOf = (lock: string): ProcessRecord | undefined => {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
};

/** Longer than breaking a lock ever takes: whoever holds the right to break one for longer was killed in between. */
const BREAKING_MILLISECONDS = 5_000;

/** Removes a dead holder's lock. Only one process at a time, or the second would remove the first one's new lock. */
const breakLock = async (lock: string): Promise<void> => {
  const right = `${lock}.breaking`;
  const taken = await waitUntil(
    () => {
      try {
        mkdirSync(right);
        return true;
      } catch {
        const since = statSync(right, { throwIfNoEntry: false })?.mtimeMs;
        if (since !== undefined && Date.now() - since > BREAKING_MILLISECONDS)
          rmSync(right, { recursive: true, force: true });
        return false;
      }
    },
    { withinMilliseconds: 2 * BREAKING_MILLISECONDS },
  );
  if (!taken) throw new Error(`${right} stands in the way: remove it.`);
  try {
    const holder = holderOf(lock);
    if (holder === undefined || !isRunning(holder)) rmSync(lock, { force: true });
  } finally {
    rmdirSync(right);
  }
};

/**
 * Makes this process the only one that runs the instance of a folder, until `release` or its death.
 * Throws an InstanceLockedError if another one does.
 */
export const takeLock = async (runDir: string, folder: string): Promise<{ release: () => void }> => {
  makePrivateFolder(runDir);
  const lock = join(runDir, 'lock');
  const mine = join(runDir, `lock.${process.pid}`);
  const record = recordOf(process.pid);
  // Complete before it has its name: nobody ever reads half a lock.
  writePrivateFile(mine, JSON.stringify(record));
  try {
    for (;;) {
      try {
        linkSync(mine, lock);
        return {
          release: () => {
            if (holderOf(lock)?.pid === process.pid) rmSync(lock, { force: true });
          },
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = holderOf(lock);
      if (holder !== undefined && isRunning(holder)) throw new InstanceLockedError(folder, holder.pid);
      await breakLock(lock);
    }
  } finally {
    rmSync(mine, { force: true });
  }
};
