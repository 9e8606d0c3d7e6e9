import type { Position, Studies } from '#libs/candidates';
import type { SqlExecutor } from '#libs/read-store';
import { statedAbout, statementsOf, type StatementRow } from './stated.js';

/** Where somebody worked and learned. */
export interface Background {
  readonly workHistory: readonly Position[];
  readonly education: readonly Studies[];
}

/** As it's known now. */
export const backgroundOf = async (sql: SqlExecutor, candidateId: string): Promise<Background> =>
  backgroundIn(await sql.query<StatementRow>(statementsOf, [candidateId], { prepared: true }));

/** As had been stated by an instant; by all that was, without one. */
export const backgroundIn = (rows: readonly StatementRow[], at?: Date): Background => ({
  workHistory: statedAbout(rows, 'work-history', at).at(-1)?.statement ?? [],
  education: statedAbout(rows, 'education', at).at(-1)?.statement ?? [],
});
