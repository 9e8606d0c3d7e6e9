import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Table from 'cli-table3';
import { readModels } from '../../apps/projector/src/read-models.js';
import { Random } from '../../apps/rapport/src/demo/random.js';
import type { Database } from '#libs/read-store';
import { killAlong, killPositions, type Kill } from '../chaos/kills.js';
import { compareRows } from '../chaos/row-comparison.js';
import { Stage, type StagedApp, type Victim } from '../chaos/stage.js';
import { Witness, type Testimony } from '../chaos/witnesses.js';

// The short form. `npm run chaos` is the long one: 100,000 events, fifty kills each; `-- --seed=n` repeats a run's kills.
const EVENTS = Number(process.env['RAPPORT_CHAOS_EVENTS'] ?? 2_000);
const KILLS = Number(process.env['RAPPORT_CHAOS_KILLS'] ?? 2);
/** Kills while all is caught up: what was written last is what they may take. */
const LIVE_KILLS = Math.ceil(KILLS / 10);
const WITNESSES = 4;
/** At least eighty batches, so that a busy machine still sees where the catch-up is before it's over. */
const EVENTS_A_BATCH = Math.min(500, Math.floor(EVENTS / 80));
const SUITE_MILLISECONDS = 3_600_000;

interface Line {
  readonly name: string;
  readonly kills: readonly Kill[];
  readonly seen: readonly Testimony[];
  readonly rows: number;
  readonly differing: number;
  readonly sameChecksums: boolean;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
const total = (seen: readonly Testimony[], key: keyof Testimony): number =>
  seen.reduce((sum, one) => sum + one[key], 0);

describe(`Chaos: ${KILLS} kills each during a catch-up of ${EVENTS} events`, () => {
  const seed = jest.getSeed() >>> 0;
  const lines: Line[] = [];
  let stage: Stage;
  let commands: StagedApp;
  let undisturbed: Database;
  let witnesses: readonly string[] = [];
  let head = 0n;
  const written = new Map<string, number>();
  const branches = new Map<string, Database>();

  beforeAll(async () => {
    stage = await Stage.open();
    ({ witnesses } = await stage.load(EVENTS, { seed, witnesses: WITNESSES }));
    head = (await stage.log.head()).commit;
    for (const name of ['projector', 'node', 'postgres', 'stopped'])
      branches.set(name, await stage.branch(`chaos_${name}`));
    undisturbed = await stage.branch('undisturbed');
    commands = await stage.app('command-api', stage.databaseUrl);
  }, SUITE_MILLISECONDS);

  afterAll(async () => {
    await stage?.close();
    const table = new Table({
      head: [
        'run',
        'kills',
        'at events',
        'recovered ms, median/max',
        'acknowledged',
        'fresh/behind/stale',
        'rows',
        'differ',
      ],
    });
    for (const { name, kills, seen, rows, differing, sameChecksums } of lines) {
      const took = kills.map(({ recoveredMilliseconds }) => Math.round(recoveredMilliseconds));
      table.push([
        name,
        kills.length,
        `${kills[0]?.at}–${kills.at(-1)?.at}`,
        `${median(took)}/${Math.max(...took)}`,
        total(seen, 'acknowledged'),
        `${total(seen, 'fresh')}/${total(seen, 'behind')}/${total(seen, 'stale')}`,
        rows,
        `${differing}${sameChecksums ? ', checksums equal' : ', CHECKSUMS DIFFER'}`,
      ]);
    }
    process.stdout.write(`Chaos with seed ${seed}, batches of ${EVENTS_A_BATCH} events\n${table.toString()}\n`);
    for (const { name, kills } of lines)
      process.stdout.write(`${name}: ${kills.map(({ at, resumedFrom }) => `${at}→${resumedFrom}`).join(' ')}\n`);
  }, SUITE_MILLISECONDS);

  /** Kills along a catch-up, then once more while all is live, with witnesses; then compares with a run that nobody disturbed. */
  const run = async (name: Victim | 'stopped'): Promise<Line> => {
    const random = new Random(seed + name.length);
    const database = branches.get(name);
    if (!database) throw new Error(`There is no database for ${name}.`);
    const queries = await stage.app('query-api', database.url, { RAPPORT_READ_WAIT_MS: '500' });
    let projector: StagedApp | undefined;
    // Not awaited: it's busy with the log before it says that it's up, and the first kill may have to come before that.
    const starting = stage
      .app('projector', database.url, { RAPPORT_BATCH_EVENTS: String(EVENTS_A_BATCH) })
      .then((app) => (projector = app));
    const victim = (): number | undefined =>
      name === 'projector' || name === 'stopped' ? projector?.pid() : stage.pid(name);
    const present = witnesses.map(
      (id) => new Witness(id, written.get(id) ?? 0, { commands, queries, keys: stage.keys }),
    );
    for (const witness of present) witness.start();
    const kills = await killAlong(stage, database, {
      positions: killPositions(KILLS, random, head),
      random,
      victim,
      ...(name === 'stopped' ? { pauseMilliseconds: 300 } : {}),
    });
    const started = await starting;
    await stage.caughtUp(database);
    // Now answers with `after` are fresh ones, and what was written last is what a kill may take.
    for (const witness of present) await witness.hasRead(3);
    const live = await killAlong(stage, database, {
      positions: Array.from({ length: LIVE_KILLS }, () => 0n),
      random,
      victim,
      ...(name === 'stopped' ? { pauseMilliseconds: 300 } : {}),
    });
    for (const witness of present) await witness.hasRead(3);
    await Promise.all(present.map((witness) => witness.stop()));
    const calm = await stage.app('projector', undisturbed.url);
    await stage.caughtUp(database, undisturbed);
    await Promise.all([calm.stop(), started.stop(), queries.stop()]);
    const { tables, sameChecksums } = await compareRows(database, undisturbed, readModels);
    for (const [i, witness] of present.entries()) {
      const count = await witness.count(stage.log);
      expect(count).toEqual({ written: count.written, events: count.written, facts: count.written });
      written.set(witnesses[i] ?? '', count.written);
    }
    const line: Line = {
      name,
      kills: [...kills, ...live],
      seen: present.map(({ seen }) => seen),
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      differing: tables.reduce((sum, { missing, surplus }) => sum + missing + surplus, 0),
      sameChecksums,
    };
    lines.push(line);
    return line;
  };

  it.each(['projector', 'node', 'postgres', 'stopped'] as const)(
    '%s: the tables equal those of an undisturbed run row by row, no acknowledged write is lost, and no answer is stale',
    async (name) => {
      const line = await run(name);
      expect(line).toMatchObject({ differing: 0, sameChecksums: true });
      expect(line.rows).toBeGreaterThan(EVENTS);
      expect(total(line.seen, 'stale')).toBe(0);
      expect(total(line.seen, 'fresh')).toBeGreaterThan(0);
      // They began before it was over.
      expect(Number(line.kills[0]?.at)).toBeLessThan(Number(head));
    },
    SUITE_MILLISECONDS,
  );
});
