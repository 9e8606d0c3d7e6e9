import { encodePosition } from '#libs/kernel';
import { isSameGeneration, readCheckpoints, type Checkpoint, type GenerationId } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from '../../terminal.js';
import { LongWork } from './long-work.js';

const LOOK_MILLISECONDS = 250;

/** A projector looks for work twice a second; one that has begun after this long isn't coming. */
const BEGUN_MILLISECONDS = 15_000;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** All that's being built, against what is live. */
const progress = (known: readonly Checkpoint[], wanted: readonly GenerationId[]): [reached: bigint, goal: bigint] => {
  let [reached, goal] = [0n, 0n];
  for (const id of wanted) {
    const own = known.find((one) => isSameGeneration(one, id));
    const live = known.find((one) => one.projection === id.projection && one.generation === 'live');
    const end = live?.position.commit ?? 0n;
    goal += end;
    reached += smaller(own?.position.commit ?? 0n, end);
  }
  return [reached, goal];
};

/** What became of a generation; undefined while it's being built. */
const outcomeOf = (known: readonly Checkpoint[], id: GenerationId): { ok: boolean; text: string } | undefined => {
  const own = known.find((one) => isSameGeneration(one, id));
  if (!own) return { ok: false, text: 'was let go' };
  if (own.generation !== 'building') return { ok: own.generation === 'live', text: `is ${own.generation}` };
  if (own.state === 'running') return undefined;
  const at = own.reasonAt ? ` at ${encodePosition(own.reasonAt)}` : '';
  return { ok: false, text: `stopped: ${own.reason ?? own.state}${at}. What was live still is.` };
};

/** Shows how generations are built until each is live or has stopped. Exit code 2 where one isn't live. */
export const watchBuilding = async (database: Database, wanted: readonly GenerationId[]): Promise<void> => {
  const work = new LongWork('building');
  const open = new Set(wanted);
  const started = Date.now();
  let warned = false;
  try {
    while (open.size > 0) {
      const known = await readCheckpoints(database);
      const [reached, goal] = progress(known, wanted);
      work.at(reached, goal);
      for (const id of open) {
        const outcome = outcomeOf(known, id);
        if (!outcome) continue;
        open.delete(id);
        say(`${id.projection}: version ${id.version}, build ${id.build}, ${outcome.text}`);
        if (!outcome.ok) process.exitCode = 2;
      }
      if (reached === 0n && goal > 0n && !warned && Date.now() - started > BEGUN_MILLISECONDS) {
        warned = true;
        say('No projector has begun yet. The request stands: does one run, and of the version that is asked for?');
      }
      if (open.size > 0) await wait(LOOK_MILLISECONDS);
    }
  } finally {
    work.stop();
  }
};
