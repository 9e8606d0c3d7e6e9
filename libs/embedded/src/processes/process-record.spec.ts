import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endProcesses, identityOf, isRunning, recordOf, signal, type ProcessRecord } from './process-record.js';

const children: ChildProcess[] = [];

/** A process that says something, once it's ready to ignore SIGTERM. */
const stubborn = async (): Promise<ProcessRecord> => {
  const child = spawn(
    process.execPath,
    ['-e', "process.on('SIGTERM', () => undefined); console.log('up'); setInterval(() => undefined, 1000)"],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  children.push(child);
  await once(child.stdout, 'data');
  return recordOf(Number(child.pid)) as ProcessRecord;
};

describe('A process record', () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('knows a process that runs from another with its pid', async () => {
    const record = await stubborn();
    expect(isRunning(record)).toBe(true);
    const stranger = { ...record, identity: `${record.identity}0` };
    expect(isRunning(stranger)).toBe(false);
    signal(stranger, 'SIGKILL');
    expect(isRunning(record)).toBe(true);
  });

  it('knows that a process has gone', async () => {
    const record = await stubborn();
    const gone = once(children[0], 'exit');
    signal(record, 'SIGKILL');
    await gone;
    expect(identityOf(record.pid)).toBeUndefined();
    expect(isRunning(record)).toBe(false);
  });

  it('sends the next signal to those that the one before did not end', async () => {
    const record = await stubborn();
    const gone = once(children[0], 'exit');
    const ended = await endProcesses(
      [record],
      [
        { signal: 'SIGTERM', withinMilliseconds: 100 },
        { signal: 'SIGKILL', withinMilliseconds: 5_000 },
      ],
    );
    expect(ended).toBe(true);
    expect((await gone)[1]).toBe('SIGKILL');
  });
});
