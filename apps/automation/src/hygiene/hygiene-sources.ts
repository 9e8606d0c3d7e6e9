import type { CommandRunner } from '#libs/event-store';
import { before } from '#libs/criteria';
import { countFindings, findingsModels } from '#libs/findings';
import { findings, planDecider, planStream, type Found, type HygieneSources, type KnownPlan } from '#libs/hygiene';
import { comparePositions, START, type Clock, type LogPosition } from '#libs/kernel';
import { faultOf, readCheckpoints, type EngineLog } from '#libs/projecting';
import { isTransientFailure, sqlStateOf, type Database, type SqlExecutor } from '#libs/read-store';
import { countLikelyPairs, duplicates } from '#projections/duplicates';
import { undecidedSql } from '#projections/identity';

/** PostgreSQL's for a table that isn't there, and for a statement that took too long. */
const [UNDEFINED_TABLE, CANCELLED] = ['42P01', '57014'];

/**
 * How long a statement may count, in milliseconds: less than after which automation takes a connection for dead (30 s), since
 * a run that's tried again because of that holds up all plans, and each try leaves a statement running.
 */
const COUNTS_WITHIN_MILLISECONDS = 25_000;

const models: readonly string[] = [...findingsModels, duplicates.name];

/** Where the read models are, the one that's furthest behind: everything up to there is in what's read after it. */
const positionOfAll = async (sql: SqlExecutor): Promise<LogPosition> => {
  const live = (await readCheckpoints(sql)).filter(
    ({ projection, generation }) => generation === 'live' && models.includes(projection),
  );
  return live.map(({ position }) => position).sort(comparePositions)[0] ?? START;
};

const count = async (sql: SqlExecutor, { checks, months, minBits }: KnownPlan, now: Date): Promise<Found> => {
  const upTo = await positionOfAll(sql);
  const longAgo = new Date(before(now.getTime(), { months }));
  const counts = findings.some((finding) => checks.includes(finding))
    ? await countFindings(sql, { longAgo, owner: undefined })
    : undefined;
  const countOf = async (check: KnownPlan['checks'][number]): Promise<number> =>
    check === 'likely-duplicates' ? countLikelyPairs(sql, minBits, undecidedSql) : (counts?.[check] ?? 0);
  const found = [];
  for (const check of checks) found.push({ check, count: await countOf(check) });
  return { kind: 'found', upTo, longAgo, counts: found };
};

/** What runs of plans read: the plan from its stream, and what they count from the read models, which decides nothing. */
export const hygieneSources = (
  runner: CommandRunner,
  database: Database,
  logger: EngineLog,
  clock: Clock,
  countsWithinMilliseconds = COUNTS_WITHIN_MILLISECONDS,
): HygieneSources => ({
  clock,
  planOf: async (planId) => (await runner.load(planDecider, planStream(planId)))?.state ?? planDecider.initial,
  find: async (plan, now) => {
    try {
      return await database.snapshot(async (sql) => {
        await sql.query(`SET LOCAL statement_timeout = ${countsWithinMilliseconds}`);
        return count(sql, plan, now);
      });
    } catch (error) {
      if (isTransientFailure(error) && sqlStateOf(error) !== CANCELLED) throw error;
      logger.error({ fault: faultOf(error) }, 'a plan of hygiene could not look');
      const missing = sqlStateOf(error) === UNDEFINED_TABLE;
      return { kind: 'failed', reason: missing ? 'read-model-missing' : 'query-failed' };
    }
  },
});
