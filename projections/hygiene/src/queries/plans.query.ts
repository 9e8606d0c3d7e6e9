import type { HygieneCheck, HygienePlan, RunFailure, Schedule } from '#libs/hygiene';
import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';

export interface Plan {
  readonly planId: string;
  readonly revision: number;
  readonly name: string;
  readonly ownerKind: HygienePlan['owner']['kind'];
  readonly owner: string;
  readonly schedule: Schedule;
  readonly checks: readonly HygieneCheck[];
  readonly months: number;
  readonly minBits: number;
  readonly paused: boolean;
  readonly madeAt: Date;
  readonly retiredAt: Date | null;
  readonly nextRunAt: Date | null;
}

export interface Run {
  readonly runId: string;
  readonly planId: string;
  readonly ownerKind: HygienePlan['owner']['kind'];
  readonly owner: string;
  readonly dueAt: Date;
  readonly ranAt: Date;
  readonly late: boolean;
  readonly missed: number;
  readonly failure: RunFailure | null;
  readonly upTo: string | null;
  readonly longAgo: Date | null;
  readonly months: number | null;
  readonly minBits: number | null;
  readonly findings: readonly { readonly check: HygieneCheck; readonly count: number }[];
}

export interface Asked {
  readonly planId?: string;
  readonly owner?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const bits = 'min_centibits / 100.0::double precision AS "minBits"';
const planColumns = `plan_id AS "planId", revision, name, owner_kind AS "ownerKind", owner, schedule, checks, months, ${bits},
  paused, made_at AS "madeAt", retired_at AS "retiredAt", next_run_at AS "nextRunAt"`;
const runColumns = `run_id AS "runId", plan_id AS "planId", owner_kind AS "ownerKind", owner, due_at AS "dueAt", ran_at AS "ranAt",
  late, missed, failure, up_to AS "upTo", long_ago AS "longAgo", months, ${bits}, findings`;

const decodeCursor = (cursor: string): { readonly at: Date; readonly id: string } | undefined => {
  const [, time, id] = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  return time === undefined || id === undefined ? undefined : { at: new Date(Number(time)), id };
};

/** What lies in a table, the latest first. */
const latest = async <Row extends object>(
  sql: SqlExecutor,
  from: { readonly table: string; readonly columns: string; readonly at: string; readonly id: string },
  { planId, owner, limit, cursor }: Asked,
  edgeOf: (row: Row) => readonly [Date, string],
): Promise<Result<Page<Row>, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const where = [
    'true',
    ...(planId === undefined ? [] : [`plan_id = ${p.add(planId)}::uuid`]),
    ...(owner === undefined ? [] : [`owner = ${p.add(owner)}`]),
    ...(edge ? [`(${from.at}, ${from.id}) < (${p.add(edge.at)}::timestamptz, ${p.add(edge.id)}::uuid)`] : []),
  ];
  const rows = await sql.query<Row>(
    `SELECT ${from.columns} FROM read.${from.table} WHERE ${where.join(' AND ')}
     ORDER BY ${from.at} DESC, ${from.id} DESC LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return ok({ items, nextCursor: null });
  const [at, id] = edgeOf(last);
  return ok({ items, nextCursor: `${at.getTime()}_${id}` });
};

/** A page of the plans, the latest first. */
export const listPlans = (sql: SqlExecutor, asked: Asked): Promise<Result<Page<Plan>, 'bad-cursor'>> =>
  latest<Plan>(
    sql,
    { table: 'hygiene_plans', columns: planColumns, at: 'made_at', id: 'plan_id' },
    asked,
    ({ madeAt, planId }) => [madeAt, planId],
  );

/** A page of the runs, the latest first. */
export const listRuns = (sql: SqlExecutor, asked: Asked): Promise<Result<Page<Run>, 'bad-cursor'>> =>
  latest<Run>(
    sql,
    { table: 'hygiene_runs', columns: runColumns, at: 'ran_at', id: 'run_id' },
    asked,
    ({ ranAt, runId }) => [ranAt, runId],
  );
