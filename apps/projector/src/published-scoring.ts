import type { FurtherProjections } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { engagement, engagementBy, engagementName } from '#projections/engagement';
import { publishedModels } from '#projections/scoring-models';

/** Queries that began before a model was retired still read its rows. None takes as long. */
const READ_ON_MILLISECONDS = 600_000;

/** Everybody's standing by each model that a request published: a read model a model, until a while after it was retired. */
export const scoredByPublishedModels = async (sql: SqlExecutor, now = new Date()): Promise<FurtherProjections> => {
  const [found] = await sql.query<{ there: boolean }>("SELECT to_regclass('read.scoring_models') IS NOT NULL AS there");
  const all = found?.there ? await publishedModels(sql) : [];
  const published = all.filter(({ version }) => engagementName(version) !== engagement.name);
  const gone = published.filter(
    ({ retiredAt }) => retiredAt !== null && now.getTime() - retiredAt.getTime() > READ_ON_MILLISECONDS,
  );
  return {
    // Also of those that were retired a moment ago: nothing that somebody waits for stands still.
    projections: published.filter((one) => !gone.includes(one)).map(({ model }) => engagementBy(model)),
    gone: gone.map(({ version }) => engagementName(version)),
  };
};
