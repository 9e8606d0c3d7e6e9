import { START, type LogPosition } from '#libs/kernel';
import { ensureGeneration, GenerationWriter, type Projection } from '#libs/projecting';
import type { Database, SqlExecutor } from '#libs/read-store';
import { scratchDatabase, type ScratchDatabase } from './scratch-database.js';
import { ToldHistory } from './told-history.js';

/** A statement as a query sent it. */
interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** One step of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) gives it. */
export interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanStep[];
}

/** Read models on a database of a spec's own, and the history that they're folded from. */
export class FoldedHistory {
  private folded = 0;

  private constructor(
    private readonly scratch: ScratchDatabase,
    private readonly projections: readonly Projection[],
    readonly told = new ToldHistory(),
  ) {}

  static async of(...projections: readonly Projection[]): Promise<FoldedHistory> {
    const scratch = await scratchDatabase();
    for (const projection of projections) await ensureGeneration(scratch.database, projection);
    return new FoldedHistory(scratch, projections);
  }

  get database(): Database {
    return this.scratch.database;
  }

  /** Folds what was told since the last time. */
  async fold(): Promise<void> {
    const { events } = this.told;
    const fresh = events.slice(this.folded);
    const at = (count: number): LogPosition => events[count - 1]?.position ?? START;
    for (const projection of this.projections)
      await new GenerationWriter(this.database, projection).write(fresh, {
        from: at(this.folded),
        to: at(events.length),
        eventAt: fresh.at(-1)?.recordedAt,
      });
    this.folded = events.length;
  }

  /** Runs a query, and gives the steps of the plan of each statement that it sent. */
  async plansOf(query: (sql: SqlExecutor) => Promise<unknown>): Promise<PlanStep[][]> {
    const sent: Statement[] = [];
    await query({
      query: (sql, params = []) => {
        sent.push({ sql, params });
        return this.database.query(sql, params);
      },
    });
    const plans: PlanStep[][] = [];
    for (const { sql, params } of sent) {
      const [row] = await this.database.query<{ 'QUERY PLAN': [{ Plan: PlanStep }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        params,
      );
      if (row) plans.push(stepsOf(row['QUERY PLAN'][0].Plan));
    }
    return plans;
  }

  stop(): Promise<void> {
    return this.scratch.drop();
  }
}

const stepsOf = (step: PlanStep): PlanStep[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];
