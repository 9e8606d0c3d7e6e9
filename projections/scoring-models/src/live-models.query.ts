import type { SqlExecutor } from '#libs/read-store';
import { liveOverTime, type LiveModel, type ModelSwitch } from '#libs/scoring';

/**
 * What scores went by over time, from the first instant on.
 * @param upTo only what had been recorded by this position
 */
export const liveModels = async (sql: SqlExecutor, upTo?: bigint): Promise<readonly LiveModel[]> =>
  liveOverTime(
    await sql.query<ModelSwitch>(
      `SELECT s.at, s.version, m.model FROM read.scoring_switches s JOIN read.scoring_models m ON m.version = s.version
       WHERE $1::bigint IS NULL OR s.position <= $1::bigint ORDER BY s.position`,
      [upTo ?? null],
      { prepared: true },
    ),
  );
