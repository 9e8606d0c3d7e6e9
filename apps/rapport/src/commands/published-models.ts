import { readCheckpoints, type Projection } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { engagement, engagementBy, engagementName } from '#projections/engagement';
import { modelsInUse, publishedModels, type ModelInUse, type PublishedModel } from '#projections/scoring-models';

/** None on a database that no projector has seen yet. */
const published = async (sql: SqlExecutor): Promise<readonly PublishedModel[]> => {
  const [found] = await sql.query<{ there: boolean }>("SELECT to_regclass('read.scoring_models') IS NOT NULL AS there");
  return found?.there ? publishedModels(sql) : [];
};

/** Every scoring model that there is or was, and what is done with it now. */
export const scoringModelsIn = async (sql: SqlExecutor): Promise<readonly ModelInUse[]> => {
  const all = await published(sql);
  const live = (await readCheckpoints(sql)).filter(({ generation }) => generation === 'live');
  return modelsInUse(
    all,
    (version) => live.find(({ projection }) => projection === engagementName(version))?.position.commit ?? 0n,
  );
};

/** Everybody's standing by each published model of which there are rows, or of which some are being made. */
export const readModelsByPublished = async (sql: SqlExecutor): Promise<readonly Projection[]> => {
  const there = new Set((await readCheckpoints(sql)).map(({ projection }) => projection));
  return (await published(sql))
    .map(({ version, model }) => ({ name: engagementName(version), model }))
    .filter(({ name }) => name !== engagement.name && there.has(name))
    .map(({ model }) => engagementBy(model));
};
