import { err, ok, type Result } from '#libs/kernel';
import type { Database } from '#libs/read-store';
import { builtInStandings, type Standings } from '../tables.js';
import { ranked } from './ranking.js';
import type { ScoreSummary } from './score.query.js';

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
  readonly items: readonly ScoreSummary[];
  readonly nextCursor: string | null;
}

interface Cursor {
  readonly v: 2;
  readonly at: string;
  readonly all: boolean;
  /** By another model it would be another place. */
  readonly model: number;
  /** The last one's score, in billionths of a point. */
  readonly units: string;
  readonly id: string;
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const decode = (text: string): Cursor | undefined => {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Cursor> | null;
    const valid =
      cursor?.v === 2 &&
      Number.isInteger(cursor.model) &&
      typeof cursor.all === 'boolean' &&
      !Number.isNaN(Date.parse(String(cursor.at))) &&
      /^\d{1,30}$/.test(String(cursor.units)) &&
      /^[0-9a-f-]{36}$/.test(String(cursor.id));
    return valid ? (cursor as Cursor) : undefined;
  } catch {
    return undefined;
  }
};

/** The version of the model that the page before went by: the next one has to go by the same. Undefined for no cursor of a page. */
export const modelOfCursor = (cursor: string): number | undefined => decode(cursor)?.model;

/** The most engaged candidates at an instant, by one model. A cursor of a page by another one is a bad one. */
export const hottest = async (
  database: Pick<Database, 'snapshot'>,
  criteria: HottestCriteria,
  by: Standings = builtInStandings,
): Promise<Result<HottestPage, 'bad-cursor'>> => {
  const cursor = criteria.cursor === undefined ? undefined : decode(criteria.cursor);
  if (criteria.cursor !== undefined && cursor?.model !== by.model.version) return err('bad-cursor');
  const all = cursor?.all ?? criteria.includeUnsubscribed ?? false;
  const at = cursor === undefined ? criteria.at : new Date(cursor.at);
  const lastUnits = cursor && BigInt(cursor.units);
  const isPast = ({ units, candidateId }: ScoreSummary): boolean =>
    cursor !== undefined &&
    lastUnits !== undefined &&
    (units > lastUnits || (units === lastUnits && candidateId <= cursor.id));
  const scores = await database.snapshot((sql) => ranked(sql, { by, at, all }, criteria.limit + 1, isPast));
  const items = scores.slice(0, criteria.limit);
  const last = items.at(-1);
  const more = scores.length > criteria.limit && last !== undefined;
  const next = (score: ScoreSummary): Cursor => ({
    v: 2,
    at: at.toISOString(),
    all,
    model: by.model.version,
    units: score.units.toString(),
    id: score.candidateId,
  });
  return ok({ at, items, nextCursor: more ? encode(next(last)) : null });
};
