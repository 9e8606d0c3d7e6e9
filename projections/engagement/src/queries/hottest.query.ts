import { err, ok, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { scoresOf, type Score } from './score.query.js';

export interface HottestCriteria {
  /** The ranking as of this instant. */
  readonly at: Date;
  /** 1 to 200. */
  readonly limit: number;
  /** Whether people who had unsubscribed or complained by then are listed too. */
  readonly includeUnsubscribed?: boolean;
  readonly cursor?: string;
}

export interface HottestPage {
  /** Of the page, also where the cursor brought it. */
  readonly at: Date;
  readonly items: readonly Score[];
  readonly nextCursor: string | null;
}

interface Cursor {
  readonly v: 1;
  readonly at: string;
  readonly all: boolean;
  readonly heat: string;
  readonly id: string;
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const decode = (text: string): Cursor | undefined => {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor> | null;
    const valid =
      cursor?.v === 1 &&
      typeof cursor.all === 'boolean' &&
      !Number.isNaN(Date.parse(String(cursor.at))) &&
      /^\d{1,200}$/.test(String(cursor.heat)) &&
      /^[0-9a-f-]{36}$/.test(String(cursor.id));
    return valid ? (cursor as Cursor) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The most engaged candidates at an instant. Where all of somebody's signals lie before it, the stored sum orders them, straight
 * from its index; the few who have later ones (all of them are few, for now) are summed anew from the signals up to then.
 */
export const hottest = async (
  sql: SqlExecutor,
  criteria: HottestCriteria,
): Promise<Result<HottestPage, 'bad-cursor'>> => {
  const cursor = criteria.cursor === undefined ? undefined : decode(criteria.cursor);
  if (criteria.cursor !== undefined && cursor === undefined) return err('bad-cursor');
  const all = cursor?.all ?? criteria.includeUnsubscribed ?? false;
  const at = cursor === undefined ? criteria.at : new Date(cursor.at);
  const rows = await ranked(sql, at, all, criteria.limit + 1, cursor);
  const page = rows.slice(0, criteria.limit);
  const last = page.at(-1);
  const more = rows.length > criteria.limit && last !== undefined;
  return ok({
    at,
    items: await scoresOf(
      sql,
      page.map(({ candidate_id }) => candidate_id),
      at,
    ),
    nextCursor: more ? encode({ v: 1, at: at.toISOString(), all, heat: last.heat, id: last.candidate_id }) : null,
  });
};

interface Ranked {
  readonly candidate_id: string;
  /** A whole number of up to 200 digits. */
  readonly heat: string;
}

const wanted = (all: boolean): string =>
  all ? '' : `AND (unsubscribed_at IS NULL OR unsubscribed_at > $1) AND (complained_at IS NULL OR complained_at > $1)`;

/** `heat` as SQL. The first half is implied by the second; it's what an index can begin at. */
const beyond = (cursor: Cursor | undefined, heat: string): string =>
  cursor ? `AND ${heat} <= $3::numeric AND (${heat} < $3::numeric OR candidate_id > $4::uuid)` : '';

const ranked = (
  sql: SqlExecutor,
  at: Date,
  all: boolean,
  limit: number,
  cursor: Cursor | undefined,
): Promise<Ranked[]> =>
  sql.query<Ranked>(
    `SELECT candidate_id, heat FROM (
       (SELECT candidate_id, heat FROM read.engagement_scores
        WHERE heat > 0 AND last_signal_at <= $1 ${wanted(all)} ${beyond(cursor, 'heat')}
        ORDER BY heat DESC, candidate_id LIMIT $2)
       UNION ALL
       (SELECT candidate_id, sum(contribution) AS heat
        FROM read.engagement_scores JOIN read.engagement_contributions USING (candidate_id)
        WHERE last_signal_at > $1 AND occurred_at <= $1 ${wanted(all)}
        GROUP BY candidate_id HAVING sum(contribution) > 0 ${beyond(cursor, 'sum(contribution)')}
        ORDER BY heat DESC, candidate_id LIMIT $2)
     ) either ORDER BY heat DESC, candidate_id LIMIT $2`,
    [at, limit, ...(cursor ? [cursor.heat, cursor.id] : [])],
  );
