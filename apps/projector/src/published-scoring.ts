import type { FurtherProjections, Projection } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { engagement, engagementBy, engagementName } from '#projections/engagement';
import { publishedModels, type PublishedModel } from '#projections/scoring-models';

/** Queries that began before a model was retired still read its rows. None takes as long. */
const READ_ON_MILLISECONDS = 600_000;

/** But for the model whose read model is there anyway. */
const published = async (sql: SqlExecutor): Promise<readonly PublishedModel[]> => {
  const [found] = await sql.query<{ there: boolean }>("SELECT to_regclass('read.scoring_models') IS NOT NULL AS there");
  const all = found?.there ? await publishedModels(sql) : [];
  return all.filter(({ version }) => engagementName(version) !== engagement.name);
};

/** Everybody's standing by each model that was ever published, whether or not anybody is scored by it now. */
export const everPublished = async (sql: SqlExecutor): Promise<readonly Projection[]> =>
  (await published(sql)).map(({ model }) => engagementBy(model));

/** Everybody's standing by each model that a request published: a read model a model, until a while after it was retired. */
export const scoredByPublishedModels = async (sql: SqlExecutor, now = new Date()): Promise<FurtherProjections> => {
  const all = await published(sql);
  const gone = all.filter(
    ({ retiredAt }) => retiredAt !== null && now.getTime() - retiredAt.getTime() > READ_ON_MILLISECONDS,
  );
  return {
    // Also of those that were retired a moment ago: nothing that somebody waits for stands still.
    projections: all.filter((one) => !gone.includes(one)).map(({ model }) => engagementBy(model)),
    gone: gone.map(({ version }) => engagementName(version)),
  };
};
