import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';
import { conditions } from './conditions.js';
import type { Elsewhere } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import {
  activePeople,
  allPeople,
  personColumns,
  shownPeople,
  toPerson,
  type Person,
  type TalentRow,
} from './person.js';
import { decodeSearchCursor, encodeSearchCursor, searchDigest } from './search-cursor.js';
import { warmest } from './warmest.js';
import { fits, keyParameter, keyValue, sortKey, type KeyValue, type SortKey, type TalentSort } from './sort-key.js';

export interface TalentSearch {
  readonly criteria: TalentCriteria;
  /** By relevance where there's a text, else by name, unless given. Who has no value comes last either way. */
  readonly sort?: { readonly by: TalentSort; readonly direction?: 'asc' | 'desc' };
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor?: string;
  /** Whether to count all that's found. */
  readonly total?: boolean;
  readonly now: Date;
  /** For criteria about bands and consents. */
  readonly elsewhere?: Elsewhere | undefined;
}

export interface TalentPage {
  readonly items: readonly Person[];
  readonly nextCursor: string | null;
  readonly total?: number;
  /** As of when it's searched: of a later page, when the first one was. */
  readonly now: Date;
}

/** `relevance-without-text`: there's nothing to be relevant to. `fit-without-model`: nothing to fit. */
export type TalentSearchError = 'bad-cursor' | 'relevance-without-text' | 'fit-without-model';

interface Scan {
  readonly criteria: TalentCriteria;
  readonly now: Date;
  readonly elsewhere: Elsewhere | undefined;
  readonly key: SortKey;
  readonly descending: boolean;
  /** Where the last page ended. */
  readonly edge: { readonly key: KeyValue; readonly id: string } | undefined;
  readonly limit: number;
}

type Found = TalentRow & { sort_key: string | number | Date | null };

/**
 * Finds people, a page at a time. Pages continue after the sort key and id of the last row, so that a row whose key doesn't change while
 * somebody pages is shown exactly once, whatever comes, goes or moves around it.
 */
export const searchTalent = async (
  sql: SqlExecutor,
  search: TalentSearch,
): Promise<Result<TalentPage, TalentSearchError>> => {
  const { criteria, limit, total, elsewhere } = search;
  const by = search.sort?.by ?? (criteria.text === undefined ? 'name' : 'relevance');
  if (by === 'relevance' && criteria.text === undefined) return err('relevance-without-text');
  if (by === 'fit' && !criteria.fit) return err('fit-without-model');
  const key = sortKey(by, criteria, elsewhere);
  const digest = searchDigest(criteria, search.sort ?? {});
  const cursor = search.cursor === undefined ? undefined : decodeSearchCursor(search.cursor, digest);
  if (search.cursor !== undefined && (cursor === undefined || !fits(cursor.key, key))) return err('bad-cursor');

  const now = cursor?.now ?? search.now;
  const descending = search.sort?.direction === undefined ? key.descending : search.sort.direction === 'desc';
  const rows = await scan(sql, { criteria, now, elsewhere, key, descending, edge: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({
    items: page.map(toPerson),
    nextCursor:
      rows.length > limit && last
        ? encodeSearchCursor({ key: keyValue(last.sort_key, key), id: last.candidate_id, now }, digest)
        : null,
    now,
    ...(total ? { total: await count(sql, criteria, { now, elsewhere }) } : {}),
  });
};

/**
 * Rows with a key, then those without one: an index holds the former in just this order, and can begin anywhere. From the
 * start and upwards, it has the latter at its end: then one scan finds both.
 */
const scan = async (sql: SqlExecutor, search: Scan): Promise<Found[]> => {
  const { key, edge, limit } = search;
  if (key.warmth) {
    const { warmth } = key;
    return warmest(sql, { ...search, warmth, edge: edge && { points: Number(edge.key), id: edge.id } });
  }
  if (key.nullable && !search.descending && !edge) return rowsOf(sql, search, 'all');
  const withKey = edge?.key === null ? [] : await rowsOf(sql, search, 'with-key');
  if (!key.nullable || withKey.length === limit) return withKey;
  const inTheRest = edge?.key === null ? edge : undefined;
  return [
    ...withKey,
    ...(await rowsOf(sql, { ...search, edge: inTheRest, limit: limit - withKey.length }, 'without-key')),
  ];
};

const rowsOf = (
  sql: SqlExecutor,
  { criteria, now, elsewhere, key, descending, edge, limit }: Scan,
  which: 'all' | 'with-key' | 'without-key',
): Promise<Found[]> => {
  const p = new Parameters();
  const expression = key.expression(p, now);
  const where = conditions(criteria, { now, elsewhere, p });
  const keyless = which === 'without-key';
  if (key.nullable && which !== 'all') where.push(`${expression} IS ${keyless ? '' : 'NOT '}NULL`);
  const [beyond, direction] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  if (edge?.key === null) where.push(`${key.id} ${beyond} ${p.add(edge.id)}::uuid`);
  else if (edge) {
    const place = `(${p.add(keyParameter(edge.key, key))}::${key.type}, ${p.add(edge.id)}::uuid)`;
    where.push(`(${expression}, ${key.id}) ${beyond} ${place}`);
  }
  const from = key.id === 'a.candidate_id' ? activePeople : allPeople;
  const order = (value: string, id: string): string => `${keyless ? '' : `${value} ${direction}, `}${id} ${direction}`;
  // Of those found only the page's are looked at with all that's shown of them.
  return sql.query<Found>(
    `SELECT ${personColumns}, found.sort_key
     FROM (SELECT ${key.id} AS found_id, ${expression} AS sort_key FROM ${from} ${whereAll(where)}
       ORDER BY ${order(expression, key.id)} LIMIT ${p.add(limit)}) found
     JOIN ${shownPeople} ON c.candidate_id = found.found_id ORDER BY ${order('found.sort_key', 'found.found_id')}`,
    p.values,
  );
};

const whereAll = (all: readonly string[]): string => (all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`);

const count = async (
  sql: SqlExecutor,
  criteria: TalentCriteria,
  scope: Pick<Scan, 'now' | 'elsewhere'>,
): Promise<number> => {
  const p = new Parameters();
  const where = whereAll(conditions(criteria, { ...scope, p }));
  const [row] = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM ${allPeople} ${where}`, p.values);
  return Number(row?.n ?? 0);
};
