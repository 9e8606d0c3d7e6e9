import { readCheckpoints, type FurtherProjections, type Projection } from '#libs/projecting';
import type { SqlExecutor } from '#libs/read-store';
import { comesWithProgram } from '#libs/scoring';
import { engagementBy, engagementName } from '#projections/engagement';
import { isWhole, modelsInUse, publishedModels, type PublishedModel, type Reached } from '#projections/scoring-models';

/** Queries that began before a model was retired still read its rows. None takes as long. */
const READ_ON_MILLISECONDS = 600_000;

/** None on a database that no projector has seen yet. */
const published = async (sql: SqlExecutor): Promise<readonly PublishedModel[]> => {
  const [found] = await sql.query<{ there: boolean }>("SELECT to_regclass('read.scoring_models') IS NOT NULL AS there");
  return found?.there ? publishedModels(sql) : [];
};

/** The rows by the one that comes with the program are there anyway, and there are none by former ones. */
const byRequest = (all: readonly PublishedModel[]): readonly PublishedModel[] =>
  all.filter(({ version }) => !comesWithProgram(version));

/** Everybody's standing by each model that was ever published, whether or not anybody is scored by it now. */
export const everPublished = async (sql: SqlExecutor): Promise<readonly Projection[]> =>
  byRequest(await published(sql)).map(({ model }) => engagementBy(model));

const reachedIn = async (sql: SqlExecutor): Promise<Reached> => {
  const live = (await readCheckpoints(sql)).filter(({ generation }) => generation === 'live');
  return (version) => live.find(({ projection }) => projection === engagementName(version))?.position.commit ?? 0n;
};

/**
 * Everybody's standing by each model that a request published: a read model a model, until a while after it was retired, and as
 * long as it stands in for one whose rows are being made.
 */
export const scoredByPublishedModels = (sql: SqlExecutor): ((now?: Date) => Promise<FurtherProjections>) => {
  /** When each was last seen to be live, in epoch ms. */
  const liveUntil = new Map<number, number>();
  return async (now = new Date()) => {
    const all = await published(sql);
    const reached = await reachedIn(sql);
    const live = modelsInUse(all, reached).find(({ state }) => state === 'live');
    if (live) liveUntil.set(live.model.version, now.getTime());
    const isGone = (one: PublishedModel): boolean => {
      if (one.retiredAt === null) return false;
      // Nobody reads what was never whole.
      if (!isWhole(one, reached)) return true;
      const readUntil = Math.max(one.retiredAt.getTime(), liveUntil.get(one.version) ?? 0);
      return now.getTime() - readUntil > READ_ON_MILLISECONDS;
    };
    const ours = byRequest(all);
    return {
      // Also of those that were retired a moment ago: nothing that somebody waits for stands still.
      projections: ours.filter((one) => !isGone(one)).map(({ model }) => engagementBy(model)),
      gone: ours.filter(isGone).map(({ version }) => engagementName(version)),
    };
  };
};
