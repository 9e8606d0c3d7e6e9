import type { Database } from '#libs/read-store';
import { Random } from '../../apps/rapport/src/demo/random.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

/** One kill: where the projections stood, where they went on, and when they had got past it. */
export interface Kill {
  readonly at: bigint;
  readonly resumedFrom: bigint;
  readonly recoveredMilliseconds: number;
}

/** Kills fall into this part of the catch-up. */
const FIRST_SHARE = 0.02;
const LAST_SHARE = 0.9;
/** A kill comes up to this long after its position was seen, so that it hits batches anywhere. */
const LONGEST_DELAY = 30;

/** Spread at random over the log, in order; no two in the same place. */
export const killPositions = (kills: number, random: Random, head: bigint): bigint[] => {
  const share = (): number => FIRST_SHARE + random.next() * (LAST_SHARE - FIRST_SHARE);
  return Array.from({ length: kills }, () => BigInt(Math.floor(share() * Number(head)))).toSorted((a, b) =>
    a < b ? -1 : Number(a > b),
  );
};

/** Kills whoever `victim` names each time the checkpoint has come to the next position, and waits until it goes on. */
export const killAlong = async (
  stage: Stage,
  database: Database,
  options: {
    readonly positions: readonly bigint[];
    readonly random: Random;
    readonly victim: () => number | undefined;
    /** Anything but an end: the process is stopped for that long and goes on. */
    readonly pauseMilliseconds?: number;
  },
): Promise<Kill[]> => {
  const { positions, random, victim, pauseMilliseconds } = options;
  const kills: Kill[] = [];
  for (const position of positions) {
    const at = await until(`the checkpoint to come to ${position}`, async () => {
      const commit = (await stage.moved(database))?.commit;
      return commit !== undefined && commit >= position ? commit : undefined;
    });
    await pass(random.next() * LONGEST_DELAY);
    const pid = await until('the process to run', () => victim());
    const killedAt = performance.now();
    if (pauseMilliseconds === undefined) await killNow(pid, victim);
    else {
      process.kill(pid, 'SIGSTOP');
      await pass(pauseMilliseconds);
      process.kill(pid, 'SIGCONT');
    }
    const resumedFrom = await until('PostgreSQL to answer', async () => (await stage.checkpoint(database))?.commit);
    await until('the projections to go on', async () => {
      const commit = (await stage.checkpoint(database))?.commit;
      return commit !== undefined && commit > resumedFrom;
    });
    kills.push({ at, resumedFrom, recoveredMilliseconds: performance.now() - killedAt });
  }
  return kills;
};

/** `kill -9`, and the process is gone: who comes after it has another id. */
const killNow = async (pid: number, victim: () => number | undefined): Promise<void> => {
  process.kill(pid, 'SIGKILL');
  await until('another process', () => victim() !== pid);
};

const pass = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
