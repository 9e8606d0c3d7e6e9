import { err, ok, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { contribution } from '#libs/scoring';
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
    nextCursor: more
      ? encode({ v: 1, at: at.toISOString(), all, heat: last.heat.toString(), id: last.candidate_id })
      : null,
  });
};

interface Ranked {
  readonly candidate_id: string;
  readonly heat: bigint;
}

const wanted = (all: boolean): string =>
  all ? '' : `AND (unsubscribed_at IS NULL OR unsubscribed_at > $1) AND (complained_at IS NULL OR complained_at > $1)`;

const ranked = async (
  sql: SqlExecutor,
  at: Date,
  all: boolean,
  limit: number,
  cursor: Cursor | undefined,
): Promise<Ranked[]> => {
  const settled = await sql.query<{ candidate_id: string; heat: string }>(
    `SELECT candidate_id, heat FROM read.engagement_scores
     WHERE heat > 0 AND last_signal_at <= $1 ${wanted(all)}
       ${cursor ? 'AND heat <= $3::numeric AND (heat < $3::numeric OR candidate_id > $4::uuid)' : ''}
     ORDER BY heat DESC, candidate_id LIMIT $2`,
    [at, limit, ...(cursor ? [cursor.heat, cursor.id] : [])],
  );
  const later = await sql.query<{ candidate_id: string; occurred_at: Date; weight: number }>(
    `SELECT c.candidate_id, c.occurred_at, c.weight FROM read.engagement_contributions c
     JOIN read.engagement_scores s USING (candidate_id)
     WHERE s.last_signal_at > $1 AND c.occurred_at <= $1 AND c.weight > 0 ${wanted(all)}`,
    [at],
  );
  const heats = new Map<string, bigint>(settled.map(({ candidate_id, heat }) => [candidate_id, BigInt(heat)]));
  const anew = new Map<string, bigint>();
  for (const { candidate_id, occurred_at, weight } of later) {
    anew.set(candidate_id, (anew.get(candidate_id) ?? 0n) + contribution(weight, occurred_at));
  }
  for (const [id, heat] of anew) if (isAfter(cursor, id, heat)) heats.set(id, heat);
  return [...heats]
    .map(([candidate_id, heat]) => ({ candidate_id, heat }))
    .sort((a, b) => (a.heat === b.heat ? (a.candidate_id < b.candidate_id ? -1 : 1) : a.heat < b.heat ? 1 : -1))
    .slice(0, limit);
};

const isAfter = (cursor: Cursor | undefined, id: string, heat: bigint): boolean => {
  if (!cursor) return true;
  const edge = BigInt(cursor.heat);
  return heat < edge || (heat === edge && id > cursor.id);
};
