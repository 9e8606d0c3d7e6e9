import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProjectionStatus } from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { readModels } from '../../apps/projector/src/read-models.js';
import { wrongReadModels } from '../bench/read-models.js';
import { Stage, type StagedApp } from '../chaos/stage.js';
import { until } from '../chaos/until.js';

const SUITE_MILLISECONDS = 300_000;
const TAKEOVER_MILLISECONDS = 5_000;
const EVENTS = 600;

const statusOf = async (app: StagedApp): Promise<readonly ProjectionStatus[]> => {
  const response = await fetch(`${app.url}/status`, { headers: { accept: 'application/json' } });
  return ((await response.json()) as { projections: ProjectionStatus[] }).projections;
};

/** Names of the projections that an app works on; none while it doesn't answer. */
const worksOn = async (app: StagedApp): Promise<string[]> => {
  try {
    const working = ['catching-up', 'live', 'retrying'];
    return (await statusOf(app)).filter(({ state }) => working.includes(state)).map(({ projection }) => projection);
  } catch {
    return [];
  }
};

describe('Projectors on one database', () => {
  const names = readModels.map(({ name }) => name);
  let stage: Stage;

  const pidOf = (app: StagedApp): number => {
    const pid = app.pid();
    if (pid === undefined) throw new Error('The app has no process.');
    return pid;
  };
  const isRight = async (database: Database, databaseUrl: string): Promise<void> => {
    await stage.caughtUp(database);
    expect(await wrongReadModels({ ...stage.addresses, databaseUrl, database })).toEqual([]);
  };

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.load(EVENTS, { seed: 5, witnesses: 0 });
  }, SUITE_MILLISECONDS);
  afterAll(() => stage?.close(), SUITE_MILLISECONDS);

  it(
    'one of them works, and when it is killed, another takes over within 5 s, with every row right',
    async () => {
      const database = await stage.branch('takeover');
      const env = { RAPPORT_BATCH_EVENTS: '100' };
      const first = await stage.app('projector', database.url, env);
      await until('the first to work', async () => (await worksOn(first)).length === names.length);
      const second = await stage.app('projector', database.url, env);
      await until('the second to stand by', async () =>
        (await statusOf(second)).every(({ state }) => state === 'standby'),
      );
      process.kill(pidOf(first), 'SIGKILL');
      const killed = performance.now();
      await until('the second to work on all', async () => (await worksOn(second)).length === names.length);
      const took = Math.round(performance.now() - killed);
      process.stdout.write(`Takeover ${took} ms after kill -9\n`);
      expect(took).toBeLessThan(TAKEOVER_MILLISECONDS);
      await isRight(database, database.url);
      // It's back by now, and stands by.
      await until('the first to stand by', async () => (await worksOn(first)).length === 0);
      await Promise.all([first.stop(), second.stop()]);
    },
    SUITE_MILLISECONDS,
  );

  it(
    'one that is frozen until its lock has gone writes nothing when it wakes up',
    async () => {
      const database = await stage.branch('frozen');
      const first = await stage.app('projector', database.url, { RAPPORT_BATCH_EVENTS: '20' });
      await until('the middle of the catch-up', async () => {
        const at = (await stage.checkpoint(database))?.commit ?? 0n;
        return at > 100n;
      });
      process.kill(pidOf(first), 'SIGSTOP');
      try {
        const second = await stage.app('projector', database.url);
        expect(await worksOn(second)).toEqual([]);
        // As PostgreSQL does after 10 s. What it had open it holds for so long.
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'rapport-election'`,
        );
        await until('the second to work on all', async () => (await worksOn(second)).length === names.length);
        await stage.caughtUp(database);
        const before = await database.query('SELECT projection, commit, updated_at FROM vault.projection_checkpoints');
        process.kill(pidOf(first), 'SIGCONT');
        await until('the first to stand by', async () =>
          (await statusOf(first)).every(({ state }) => state === 'standby'),
        );
        expect((await worksOn(second)).toSorted()).toEqual(names.toSorted());
        expect(await database.query('SELECT projection, commit, updated_at FROM vault.projection_checkpoints')).toEqual(
          before,
        );
        await isRight(database, database.url);
        await second.stop();
      } finally {
        // A frozen process could not end.
        process.kill(pidOf(first), 'SIGCONT');
        await first.stop();
      }
    },
    SUITE_MILLISECONDS,
  );

  it(
    'may have a projection each, and together make the same rows',
    async () => {
      const database = await stage.branch('apart');
      const alone = await stage.app('projector', database.url, { RAPPORT_PROJECTIONS: 'engagement' });
      await until('engagement to be worked on', async () => (await worksOn(alone)).length === 1);
      const others = names.filter((name) => name !== 'engagement');
      const rest = await stage.app('projector', database.url, { RAPPORT_PROJECTIONS: others.join(',') });
      await until('the others to be worked on', async () => (await worksOn(rest)).length === others.length);
      expect(await worksOn(alone)).toEqual(['engagement']);
      await isRight(database, database.url);
      await Promise.all([alone.stop(), rest.stop()]);
    },
    SUITE_MILLISECONDS,
  );
});
