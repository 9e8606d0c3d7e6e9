import type { SqlExecutor } from '#libs/read-store';
import { alwaysBuiltIn, models as shipped, type LiveModel, type ScoringModel } from '#libs/scoring';

interface SwitchRow {
  readonly at: Date;
  readonly version: number;
  readonly model: ScoringModel;
}

/**
 * What scores went by over time, from the first instant on: at each instant the model that was made live last by then, in the
 * order of the log.
 * @param upTo only what had been recorded by this position
 */
export const liveModels = async (sql: SqlExecutor, upTo?: bigint): Promise<readonly LiveModel[]> => {
  const switches = await sql.query<SwitchRow>(
    `SELECT s.at, s.version, m.model FROM read.scoring_switches s JOIN read.scoring_models m ON m.version = s.version
     WHERE $1::bigint IS NULL OR s.position <= $1::bigint ORDER BY s.position`,
    [upTo ?? null],
  );
  const turns = [...new Set(switches.map(({ at }) => at.getTime()))].toSorted((a, b) => a - b);
  return [
    ...alwaysBuiltIn,
    ...turns.flatMap((since) => {
      const last = switches.findLast(({ at }) => at.getTime() <= since);
      // One that came with the program is what this program has of that version.
      const model = last && (shipped.find(({ version }) => version === last.version) ?? last.model);
      return model ? [{ since, model }] : [];
    }),
  ];
};
