import { err, ok, type Result } from '#libs/kernel';
import { cursorInstant, cursorUuid, decodeCursor, encodeCursor, type Database } from '#libs/read-store';
import { Type, type Static } from 'typebox';
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

/** Where a page ended, and what it was a page of. */
const place = Type.Object({
  v: Type.Literal(2),
  at: cursorInstant(),
  all: Type.Boolean(),
  /** By another model it would be another place. */
  model: Type.Integer(),
  /** The last one's score, in billionths of a point. */
  units: Type.String({ pattern: '^\\d{1,30}$' }),
  id: cursorUuid(),
});
type Place = Static<typeof place>;

/** The version of the model that the page before went by: the next one has to go by the same. Undefined for no cursor of a page. */
export const modelOfCursor = (cursor: string): number | undefined => decodeCursor(place, cursor)?.model;

/** The most engaged candidates at an instant, by one model. A cursor of a page by another one is a bad one. */
export const hottest = async (
  database: Pick<Database, 'snapshot'>,
  criteria: HottestCriteria,
  by: Standings = builtInStandings,
): Promise<Result<HottestPage, 'bad-cursor'>> => {
  const cursor = criteria.cursor === undefined ? undefined : decodeCursor(place, criteria.cursor);
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
  const next = (score: ScoreSummary): Place => ({
    v: 2,
    at: at.toISOString(),
    all,
    model: by.model.version,
    units: score.units.toString(),
    id: score.candidateId,
  });
  return ok({ at, items, nextCursor: more ? encodeCursor(next(last)) : null });
};
