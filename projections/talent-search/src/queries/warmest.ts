import { Parameters, type SqlExecutor } from '#libs/read-store';
import { conditions } from './conditions.js';
import type { CriteriaScope, Warmth } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import { allPeople, personColumns, shownPeople, type TalentRow } from './person.js';

export interface WarmestSearch extends Omit<CriteriaScope, 'p'> {
  readonly criteria: TalentCriteria;
  readonly warmth: Warmth;
  readonly descending: boolean;
  /** Where the last page ended. */
  readonly edge: { readonly points: number; readonly id: string } | undefined;
  readonly limit: number;
}

export type WarmRow = TalentRow & { readonly sort_key: number };

/** Of everybody, from the top, for each one who is asked for: where one in twenty fulfils the criteria, that's enough. */
const OF_ALL = 20;
/** Of those found: room for those whose ceilings promise more than they have. */
const OF_FOUND = 5;
/** By how much a ceiling may be off: for those who had a signal since `now`, some hours long. */
const SLACK = 1.001;

/** Rows in order of points and then ids, with all that's shown of them: the found ones alone are so wide. */
const shown = (found: string, descending: boolean): string => {
  const direction = descending ? 'DESC' : 'ASC';
  return `SELECT ${personColumns}, found.points AS sort_key FROM (${found} ORDER BY points ${direction}, found_id ${direction}) found
    JOIN ${shownPeople} ON c.candidate_id = found.found_id`;
};

const beyond = ({ edge, descending }: WarmestSearch, points: string, id: string, p: Parameters): string[] =>
  edge === undefined
    ? []
    : [
        `(${points}, ${id}) ${descending ? '<' : '>'} (${p.add(edge.points)}::double precision, ${p.add(edge.id)}::uuid)`,
      ];

const inOrder = (rows: readonly WarmRow[], descending: boolean): WarmRow[] =>
  rows.toSorted((a, b) => {
    const order = a.sort_key === b.sort_key ? (a.candidate_id < b.candidate_id ? -1 : 1) : a.sort_key - b.sort_key;
    return descending ? -order : order;
  });

/** Scores everybody who is found. */
const scoreAll = async (sql: SqlExecutor, search: WarmestSearch): Promise<WarmRow[]> => {
  const { criteria, warmth, now, elsewhere, limit, descending } = search;
  const p = new Parameters();
  const points = warmth.points('s', `${p.add(now)}::timestamptz`);
  const where = [...conditions(criteria, { now, elsewhere, p }), ...beyond(search, points, 't.candidate_id', p)];
  const direction = descending ? 'DESC' : 'ASC';
  const found = `SELECT * FROM (SELECT t.candidate_id AS found_id, ${points} AS points
    FROM ${allPeople} LEFT JOIN ${warmth.table} s ON s.candidate_id = t.candidate_id ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
    ORDER BY points ${direction}, found_id ${direction} LIMIT ${p.add(limit)}) best`;
  return inOrder(await sql.query<WarmRow>(shown(found, descending), p.values), descending);
};

interface Looked {
  readonly rows: WarmRow[];
  /** Whether nobody who wasn't looked at can belong there. */
  readonly complete: boolean;
}

/**
 * The page that's among the rows of `top`, each with a candidate_id, points, and what any row that was left out has at most.
 * Rows were left out if there are `depth` of them.
 */
const lookedAt = async (
  sql: SqlExecutor,
  { limit }: WarmestSearch,
  { top, found, depth, p }: { top: string; found: string; depth: number; p: Parameters },
): Promise<Looked & { readonly seen: number }> => {
  const answers = await sql.query<Partial<WarmRow> & { depth: number; most: number | null }>(
    `WITH top AS MATERIALIZED (${top})
     SELECT seen.*, page.* FROM (SELECT count(*)::integer AS depth, min(most) AS most FROM top) seen
     LEFT JOIN (${shown(`SELECT * FROM (${found}) best`, true)}) page ON true`,
    p.values,
  );
  const rows = inOrder(
    answers.filter((row) => row.candidate_id !== undefined && row.candidate_id !== null) as unknown as WarmRow[],
    true,
  );
  const [last, first] = [rows.at(-1), answers[0]];
  const seen = first?.depth ?? 0;
  const least = seen < depth ? 0 : (first?.most ?? 0) * SLACK;
  return { rows, seen, complete: rows.length === limit && last !== undefined && last.sort_key > least };
};

/**
 * Looks at so many of the warmest of all, in order of their points, until enough of them fulfil the criteria: each is a look
 * at one row, so that it doesn't matter how many would be found.
 */
const warmestOfAll = (sql: SqlExecutor, search: WarmestSearch): Promise<Looked> => {
  const { criteria, warmth, now, elsewhere, limit } = search;
  const p = new Parameters();
  const at = `${p.add(now)}::timestamptz`;
  const depth = OF_ALL * limit;
  const top = `SELECT s.candidate_id, ${warmth.points('s', at)} AS points, ${warmth.most('s', at)} AS most
    FROM ${warmth.table} s WHERE ${warmth.ceiling('s')} IS NOT NULL ORDER BY ${warmth.ceiling('s')} DESC LIMIT ${p.add(depth)}`;
  const found = `SELECT w.candidate_id AS found_id, w.points
    FROM (SELECT candidate_id, points FROM top ORDER BY points DESC, candidate_id DESC) w,
      LATERAL (SELECT FROM ${allPeople}
        WHERE ${['t.candidate_id = w.candidate_id', ...conditions(criteria, { now, elsewhere, p, ofRows: true })].join(' AND ')} OFFSET 0) met
    ORDER BY w.points DESC, w.candidate_id DESC LIMIT ${p.add(limit)}`;
  return lookedAt(sql, search, { top, found, depth, p });
};

/**
 * Everybody who's found, in order of their ceilings, which an index has; of those only the first are scored. Complete where
 * they are all, too.
 */
const warmestOfFound = async (sql: SqlExecutor, search: WarmestSearch): Promise<Looked> => {
  const { criteria, warmth, now, elsewhere, limit } = search;
  const p = new Parameters();
  const at = `${p.add(now)}::timestamptz`;
  const depth = OF_FOUND * limit;
  const ceiling = warmth.ceiling('s');
  const where = conditions(criteria, { now, elsewhere, p });
  const first = `SELECT t.candidate_id FROM ${allPeople}
    LEFT JOIN ${warmth.table} s ON s.candidate_id = t.candidate_id AND ${ceiling} IS NOT NULL
    ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
    ORDER BY ${ceiling} DESC NULLS LAST, t.candidate_id DESC LIMIT ${p.add(depth)}`;
  const top = `SELECT first.candidate_id, ${warmth.points('s', at)} AS points, ${warmth.most('s', at)} AS most
    FROM (${first}) first LEFT JOIN ${warmth.table} s ON s.candidate_id = first.candidate_id`;
  const found = `SELECT candidate_id AS found_id, points FROM top ORDER BY points DESC, candidate_id DESC LIMIT ${p.add(limit)}`;
  const looked = await lookedAt(sql, search, { top, found, depth, p });
  return { ...looked, complete: looked.complete || looked.seen < depth };
};

/**
 * Those found, the warmest first or last. The warmest few of many are found from the top of all (the threshold algorithm of
 * Fagin, Lotem and Naor, with the criteria as a test of membership). Where few of the warmest fulfil them, because hardly anybody
 * does or because just the cold ones do, those who are found are ranked by their ceilings. Everybody's score is the last resort.
 */
export const warmest = async (sql: SqlExecutor, search: WarmestSearch): Promise<WarmRow[]> => {
  // From the middle of a list on, all before it would be looked at again.
  if (!search.descending || search.edge !== undefined) return scoreAll(sql, search);
  const ofAll = await warmestOfAll(sql, search);
  if (ofAll.complete) return ofAll.rows;
  const ofFound = await warmestOfFound(sql, search);
  return ofFound.complete ? ofFound.rows : scoreAll(sql, search);
};
