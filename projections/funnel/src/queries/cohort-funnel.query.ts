import type { SqlExecutor } from '#libs/read-store';

export type FunnelDimension = 'source' | 'role';
export const funnelStages = ['applied', 'screened', 'interviewed', 'offered', 'hired'] as const;
export type FunnelStage = (typeof funnelStages)[number];

export interface FunnelCriteria {
  /** Applications from this instant on. */
  readonly from?: Date;
  /** Applications before this instant. */
  readonly to?: Date;
  /** What to group by; nothing: one group of all. */
  readonly by: readonly FunnelDimension[];
  /** Counts a stage only if it was reached within so many days of the application. Leaves out applications whose dates nobody knows. */
  readonly withinDays?: number;
}

/** A cohort: applications that entered together, and how far they came. Who reached a stage passed all before it. */
export interface FunnelGroup {
  readonly source?: string;
  readonly role?: string;
  readonly reached: Readonly<Record<FunnelStage, number>>;
  readonly rejected: number;
  readonly withdrawn: number;
  /** Reached of those who reached the stage before, and of all who entered; null where nobody could. */
  readonly conversion: Readonly<
    Record<
      Exclude<FunnelStage, 'applied'>,
      { readonly fromPrevious: number | null; readonly fromEntered: number | null }
    >
  >;
}

interface Row extends Record<FunnelStage | 'rejected' | 'withdrawn', string> {
  source: string;
  role: string;
}

const columns: Readonly<Record<FunnelDimension, string>> = { source: 'source_name', role: 'role' };

/** When a stage, or any after it, was first reached: what nobody recorded was skipped, not missed. */
const reachedAt: Readonly<Record<Exclude<FunnelStage, 'applied'>, string>> = {
  screened: 'LEAST(screened_at, interviewed_at, offered_at, hired_at)',
  interviewed: 'LEAST(interviewed_at, offered_at, hired_at)',
  offered: 'LEAST(offered_at, hired_at)',
  hired: 'hired_at',
};

/** The cohort view: denominators are those who entered, whatever became of them; the waiting stay in. Largest group first. */
export const cohortFunnel = async (
  sql: SqlExecutor,
  { from, to, by, withinDays }: FunnelCriteria,
): Promise<FunnelGroup[]> => {
  const dimensions = [...new Set(by)];
  const within = (at: string): string =>
    `${at} IS NOT NULL AND ($3::integer IS NULL OR ${at} <= applied_at + make_interval(days => $3))`;
  const counts = Object.entries(reachedAt).map(([stage, at]) => `count(*) FILTER (WHERE ${within(at)}) AS ${stage}`);
  const rows = await sql.query<Row & Record<string, string>>(
    `SELECT ${[...dimensions.map((d) => `${columns[d]} AS ${d}`), 'count(*) AS applied', ...counts].join(', ')},
       count(*) FILTER (WHERE rejected_at IS NOT NULL) AS rejected, count(*) FILTER (WHERE withdrawn_at IS NOT NULL) AS withdrawn
     FROM read.funnel_applications
     WHERE ($1::timestamptz IS NULL OR applied_at >= $1) AND ($2::timestamptz IS NULL OR applied_at < $2)
       AND ($3 IS NULL OR time_precision <> 'unknown')
     ${dimensions.length === 0 ? '' : `GROUP BY ${dimensions.map((d) => columns[d]).join(', ')} ORDER BY count(*) DESC, ${dimensions.map((d) => columns[d]).join(', ')}`}`,
    [from ?? null, to ?? null, withinDays ?? null],
  );
  return rows.map((row) => toGroup(row, dimensions));
};

/** To six places; the counts are there for whoever needs it exactly. */
const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000_000) / 1_000_000;

const toGroup = (row: Row, dimensions: readonly FunnelDimension[]): FunnelGroup => {
  const reached = Object.fromEntries(funnelStages.map((stage) => [stage, Number(row[stage])])) as Record<
    FunnelStage,
    number
  >;
  const conversion = Object.fromEntries(
    funnelStages.slice(1).map((stage, i) => {
      const previous = funnelStages[i] ?? 'applied';
      return [
        stage,
        { fromPrevious: ratio(reached[stage], reached[previous]), fromEntered: ratio(reached[stage], reached.applied) },
      ];
    }),
  ) as FunnelGroup['conversion'];
  return {
    ...(dimensions.includes('source') ? { source: row.source } : {}),
    ...(dimensions.includes('role') ? { role: row.role } : {}),
    reached,
    rejected: Number(row.rejected),
    withdrawn: Number(row.withdrawn),
    conversion,
  };
};
