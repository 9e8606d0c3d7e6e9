import type { FurtherProjections } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { engagement, engagementBy, engagementName } from '#projections/engagement';
import { publishedModels } from '#projections/scoring-models';

/** Queries that began before a model was retired still read its rows. None takes as long. */
const READ_ON_MILLISECONDS = 600_000;

/** Everybody's standing by each model that a request published: a read model a model, for as long as it isn't retired. */
export const scoredByPublishedModels = async (sql: SqlExecutor, now = new Date()): Promise<FurtherProjections> => {
  const [found] = await sql.query<{ there: boolean }>("SELECT to_regclass('read.scoring_models') IS NOT NULL AS there");
  const all = found?.there ? await publishedModels(sql) : [];
  const published = all.filter(({ version }) => engagementName(version) !== engagement.name);
  const gone = published.filter(
    ({ retiredAt }) => retiredAt !== null && now.getTime() - retiredAt.getTime() > READ_ON_MILLISECONDS,
  );
  return {
    projections: published.filter(({ retiredAt }) => retiredAt === null).map(({ model }) => engagementBy(model)),
    gone: gone.map(({ version }) => engagementName(version)),
  };
};
