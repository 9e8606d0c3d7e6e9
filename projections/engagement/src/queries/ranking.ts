import type { SqlExecutor } from '#libs/read-store';
import { levelAt, scaleAt, UNITS_PER_POINT, type ScoringModel } from '#libs/scoring';
import { levelColumn, type Standings } from '../tables.js';
import { scoresOf, type ScoreSummary } from './score.query.js';
import { standingRowColumns, summaryOf, type StandingRow } from './summary.js';

export interface RankingOptions {
  /** The model that it goes by, and where its rows are. */
  readonly by: Standings;
  readonly at: Date;
  /** Whether people who had unsubscribed or complained by then are ranked too. */
  readonly all: boolean;
}

/** What nobody who isn't seen yet can score more than, in points; undefined once everybody was seen. */
type Bound = number | undefined;

/** Candidates in pieces, those who may score most first. */
interface Source {
  next(sql: SqlExecutor, count: number): Promise<readonly ScoreSummary[]>;
  readonly bound: Bound;
}

const wanted = (all: boolean): string =>
  all ? '' : 'AND (unsubscribed_at IS NULL OR unsubscribed_at > $1) AND (complained_at IS NULL OR complained_at > $1)';

const capped = ({ groups }: ScoringModel, group: string, points: number): number =>
  Math.min(points, groups[group]?.cap ?? Infinity);

/** Those whose signals all lie before the instant, by one group's stored level, straight from its index: rows say it all. */
class GroupList implements Source {
  bound: Bound = Infinity;
  private after: { level: string; id: string } | undefined;

  constructor(
    private readonly group: string,
    private readonly options: RankingOptions,
  ) {}

  async next(sql: SqlExecutor, count: number): Promise<readonly ScoreSummary[]> {
    if (this.bound === undefined) return [];
    const { by, at, all } = this.options;
    const level = levelColumn(this.group);
    // The first half is implied by the second; it's what an index can begin at.
    const beyond = this.after
      ? `AND ${level} <= $3::bigint AND (${level} < $3::bigint OR candidate_id > $4::uuid)`
      : '';
    const rows = await sql.query<StandingRow & Record<string, string>>(
      `SELECT ${standingRowColumns(by)} FROM read.${by.scores.name}
       WHERE ${level} IS NOT NULL AND last_signal_at <= $1 ${wanted(all)} ${beyond}
       ORDER BY ${level} DESC, candidate_id LIMIT $2`,
      [at, count, ...(this.after ? [this.after.level, this.after.id] : [])],
    );
    const last = rows.at(-1);
    const lowest = last?.[level];
    if (last && lowest !== undefined) this.after = { level: lowest, id: last.candidate_id };
    const halfLife = by.model.groups[this.group]?.halfLifeDays ?? 1;
    this.bound =
      rows.length < count || lowest === undefined
        ? undefined
        : capped(by.model, this.group, levelAt(BigInt(lowest), halfLife, at));
    return rows.map((row) => summaryOf(by, row, at));
  }
}

/** Of a point: a thousandth of what scores are told apart by. */
const PLACES = 12;

/** Those who have later signals too (for now, nobody), by what the signals up to the instant are worth at most. */
class LateList implements Source {
  bound: Bound = Infinity;
  private seen = 0;

  constructor(private readonly options: RankingOptions) {}

  async next(sql: SqlExecutor, count: number): Promise<readonly ScoreSummary[]> {
    if (this.bound === undefined) return [];
    const { by, at, all } = this.options;
    const { model, groups } = by;
    const scales = groups.map((group) => scaleAt(model.groups[group]?.halfLifeDays ?? 1, at));
    const points = groups
      .map((_, i) => {
        const [name, divisor, factor] = [0, 1, 2].map((n) => `$${4 + 3 * i + n}`);
        const sum = `coalesce(sum(contribution) FILTER (WHERE group_name = ${name}), 0)`;
        // Rounded, as PostgreSQL refuses what's too small for a double too.
        const worth = `round(${sum} / ${divisor}::numeric, ${PLACES})::float8 * ${factor}::float8`;
        const cap = model.groups[groups[i] ?? '']?.cap;
        return cap === undefined ? worth : `least(${worth}, ${cap}::float8)`;
      })
      .join(' + ');
    const rows = await sql.query<{ candidate_id: string; points: number }>(
      `SELECT candidate_id, ${points} AS points
       FROM read.${by.scores.name} JOIN read.${by.facts.name} USING (candidate_id)
       WHERE last_signal_at > $1 AND contribution IS NOT NULL AND occurred_at <= $1 ${wanted(all)}
       GROUP BY candidate_id ORDER BY points DESC, candidate_id LIMIT $2 OFFSET $3`,
      [
        at,
        count,
        this.seen,
        ...groups.flatMap((group, i) => [group, String(scales[i]?.divisor ?? 1n), scales[i]?.factor ?? 0]),
      ],
    );
    this.seen += rows.length;
    const last = rows.at(-1);
    this.bound = rows.length < count || !last ? undefined : last.points;
    return scoresOf(
      sql,
      rows.map(({ candidate_id }) => candidate_id),
      at,
      by,
    );
  }
}

const byScore = (a: ScoreSummary, b: ScoreSummary): number => {
  if (a.units !== b.units) return a.units < b.units ? 1 : -1;
  return a.candidateId < b.candidateId ? -1 : 1;
};

/** Doubles are off by far less. */
const SLACK = 1e-6;

/** What nobody who isn't seen can reach, in units: they'd be last in every list. Undefined once all are seen. */
const ceiling = (lists: readonly Source[], late: Source): bigint | undefined => {
  const open = lists.flatMap(({ bound }) => (bound === undefined ? [] : [bound]));
  // Somebody who isn't in a list that was read to its end has nothing in it.
  const bounds = [
    ...(open.length > 0 ? [open.reduce((sum, one) => sum + one, 0)] : []),
    ...(late.bound === undefined ? [] : [late.bound]),
  ];
  if (bounds.length === 0) return undefined;
  const most = Math.max(...bounds) * (1 + SLACK) + SLACK;
  return Number.isFinite(most) ? BigInt(Math.ceil(most * UNITS_PER_POINT)) : 1n << 200n;
};

/**
 * Candidates by their exact scores. Groups with half-lives of their own don't keep one order as time passes, so each has an
 * index, and these are read side by side (the threshold algorithm of Fagin, Lotem and Naor) until nobody who
 * wasn't seen can be among those asked for.
 * @param sql sees the rows of one moment: whoever passed from one list to another meanwhile would be in neither
 * @param isPast whether somebody comes before the page that's asked for
 */
export const ranked = async (
  sql: SqlExecutor,
  options: RankingOptions,
  limit: number,
  isPast: (score: ScoreSummary) => boolean,
): Promise<ScoreSummary[]> => {
  const lists = options.by.groups.map((group) => new GroupList(group, options));
  const late = new LateList(options);
  const seen = new Map<string, ScoreSummary>();
  for (let count = 2 * limit; ; count *= 2) {
    for (const list of [...lists, late])
      for (const score of await list.next(sql, count)) seen.set(score.candidateId, score);
    const page = [...seen.values()]
      .filter((score) => score.units > 0n && !isPast(score))
      .sort(byScore)
      .slice(0, limit);
    const most = ceiling(lists, late);
    const last = page.at(limit - 1);
    if (most === undefined || (last && last.units > most)) return page;
  }
};
