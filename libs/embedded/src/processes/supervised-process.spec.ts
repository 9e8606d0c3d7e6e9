import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from './process-record.js';
import { SupervisedProcess, type ProcessEvent } from './supervised-process.js';
import { waitUntil } from './wait-until.js';

const serving = `
  process.send({ ready: true, port: Number(process.env.PORT) || 4711 });
  for (const event of ['SIGTERM', 'disconnect']) process.on(event, () => process.exit(0));
`;
const failing = `
  console.log(JSON.stringify({ level: 'fatal', msg: 'could not start', err: { message: 'nothing there' } }));
  process.exit(3);
`;

describe('A supervised process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-supervised-'));
  const running: SupervisedProcess[] = [];
  const events: ProcessEvent[] = [];

  const supervise = (code: string, more: { readyWithinMilliseconds?: number } = {}): SupervisedProcess => {
    const entry = join(folder, 'child.cjs');
    writeFileSync(entry, code);
    const supervised = new SupervisedProcess(
      { name: 'child', entry, env: { PORT: '0' }, portVariable: 'PORT', logFile: join(folder, 'child.log'), ...more },
      (event) => events.push(event),
    );
    running.push(supervised);
    return supervised;
  };
  const pids = (): number[] => events.flatMap((event) => (event.kind === 'ready' ? (event.record?.pid ?? []) : []));

  afterEach(async () => {
    for (const supervised of running.splice(0)) await supervised.stop();
    events.splice(0);
    rmSync(join(folder, 'child.log'), { force: true });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes back at the port of its first start when it ends unasked', async () => {
    const ready = await supervise(serving).start();
    expect(ready.port).toBe(4711);
    process.kill(pids()[0], 'SIGKILL');
    await waitUntil(() => pids().length === 2, { withinMilliseconds: 10_000 });
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'ready', 'failed', 'started', 'ready']);
    expect(events.at(-1)).toMatchObject({ ready: { port: 4711 } });
    expect(events[2]).toMatchObject({ reason: 'ended by SIGKILL', restartInMilliseconds: 100 });
  });

  it('stays away once it was stopped', async () => {
    const supervised = supervise(serving);
    await supervised.start();
    await supervised.stop();
    expect(identityOf(pids()[0])).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'ready', 'stopped']);
  });

  it('tells why it could not start, and is not tried again', async () => {
    await expect(supervise(failing).start()).rejects.toThrow(
      /child could not start: ended with code 3:\ncould not start: nothing there/,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['started']);
  });

  it('is killed when it is not ready in time', async () => {
    const silent = supervise('setInterval(() => undefined, 1000)', { readyWithinMilliseconds: 300 });
    await expect(silent.start()).rejects.toThrow("wasn't ready within 300 ms");
    const record = events[0]?.kind === 'started' ? events[0].record : undefined;
    expect(identityOf(record?.pid ?? 0)).toBeUndefined();
  });
});
