import { loadOrCreateSecrets } from '#libs/embedded';
import { Election, ensureGeneration, readCheckpoints, requestRebuild } from '#libs/projecting';
import { fitModels } from '#projections/fit-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase, type ScratchDatabase } from '../../../../../test/support/scratch-database.js';
import { until } from '../../../../../test/support/until.js';
import { withProjector } from './with-projector.js';

describe('A command that needs a projector', () => {
  const before = { ...process.env };
  let scratch: ScratchDatabase;
  let home: string;
  beforeAll(async () => {
    scratch = await scratchDatabase();
    home = await mkdtemp(join(tmpdir(), 'with-projector-'));
    loadOrCreateSecrets(join(home, 'secrets'));
    Object.assign(process.env, {
      RAPPORT_HOME: home,
      RAPPORT_SECRETS_DIR: join(home, 'secrets'),
      DATABASE_URL: scratch.url,
      EVENTSTORE_URL: process.env['EVENTSTORE_URL_UNDER_TEST'],
    });
  });
  afterAll(async () => {
    process.env = before;
    await scratch.drop();
    await rm(home, { recursive: true, force: true });
  });

  it('does the work itself where those that are connected work on other projections', async () => {
    const other = await Election.open(scratch.url);
    try {
      await withProjector([fitModels.name], async (database, chosen) => {
        expect(chosen).toEqual([fitModels]);
        await ensureGeneration(database, fitModels);
        const [asked] = await requestRebuild(database, chosen);
        await until('the build', async () => {
          const live = (await readCheckpoints(database)).find(({ generation }) => generation === 'live');
          return live?.build === asked?.build;
        });
      });
    } finally {
      await other.close();
    }
  });
});
