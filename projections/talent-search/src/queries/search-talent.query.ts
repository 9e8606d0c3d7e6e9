import { err, ok, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { conditions, Parameters, textWords } from './conditions.js';
import type { TalentCriteria } from './criteria.js';
import { personColumns, toPerson, type Person, type TalentRow } from './person.js';
import { decodeCursor, encodeCursor, searchDigest, type SearchCursor } from './search-cursor.js';

export const talentSorts = ['relevance', 'name', 'last-contact', 'added', 'experience'] as const;
export type TalentSort = (typeof talentSorts)[number];

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
}

export interface TalentPage {
  readonly items: readonly Person[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

/** `relevance-without-text`: there's nothing to be relevant to. */
export type TalentSearchError = 'bad-cursor' | 'relevance-without-text';

interface SortKey {
  readonly expression: string;
  readonly type: 'text' | 'bigint';
  readonly descending: boolean;
}

const columns: Readonly<
  Record<Exclude<TalentSort, 'relevance'>, { expression: string; type: 'text' | 'bigint'; descending: boolean }>
> = {
  name: { expression: 't.name_key', type: 'text', descending: false },
  'last-contact': { expression: instant('t.last_human_contact_at'), type: 'bigint', descending: true },
  added: { expression: instant('t.added_at'), type: 'bigint', descending: true },
  experience: { expression: 't.experience_months::bigint', type: 'bigint', descending: true },
};

/** Milliseconds since 1970: exact, and the same in a cursor as in the row. */
function instant(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::bigint`;
}

/** How much like the text a row is, in millionths a word; a word that's there as it was typed counts once more. */
const relevance = (text: string, p: Parameters): string => {
  const words = textWords(text).map((word) => p.add(word));
  const terms = words.map(
    (word) => `word_similarity(${word}, t.search_text) + (t.search_text LIKE '%' || ${word} || '%')::integer`,
  );
  return terms.length === 0 ? '0::bigint' : `round((${terms.join(' + ')})::numeric * 1000000)::bigint`;
};

/**
 * Finds people, a page at a time. Pages continue after the sort key and id of the last row, so that a row whose key doesn't change while
 * somebody pages is shown exactly once, whatever comes, goes or moves around it.
 */
export const searchTalent = async (
  sql: SqlExecutor,
  search: TalentSearch,
): Promise<Result<TalentPage, TalentSearchError>> => {
  const { criteria, limit, total } = search;
  const by = search.sort?.by ?? (criteria.text === undefined ? 'name' : 'relevance');
  if (by === 'relevance' && criteria.text === undefined) return err('relevance-without-text');
  const digest = searchDigest(criteria, search.sort ?? {});
  const cursor = search.cursor === undefined ? undefined : decodeCursor(search.cursor, digest);
  if (search.cursor !== undefined && cursor === undefined) return err('bad-cursor');
  const now = cursor?.now ?? search.now;

  const p = new Parameters();
  const key: SortKey =
    by === 'relevance'
      ? { expression: relevance(criteria.text ?? '', p), type: 'bigint', descending: true }
      : columns[by];
  const descending = search.sort?.direction === undefined ? key.descending : search.sort.direction === 'desc';
  if (cursor && !fits(cursor, key)) return err('bad-cursor');
  const where = conditions(criteria, now, p);
  const paged = cursor ? [...where, after(cursor, key, descending, p)] : where;
  const rows = await sql.query<TalentRow & { sort_key: string | null }>(
    `SELECT ${personColumns}, ${key.expression} AS sort_key FROM read.talent t
     ${paged.length > 0 ? `WHERE ${paged.join(' AND ')}` : ''}
     ORDER BY ${key.expression} ${descending ? 'DESC' : 'ASC'} NULLS LAST, t.candidate_id LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({
    items: page.map(toPerson),
    nextCursor:
      rows.length > limit && last
        ? encodeCursor({ key: keyOf(last.sort_key, key), id: last.candidate_id, now }, digest)
        : null,
    ...(total ? { total: await count(sql, criteria, now) } : {}),
  });
};

const keyOf = (value: string | null, { type }: SortKey): string | number | null =>
  value === null || type === 'text' ? value : Number(value);

const fits = ({ key }: SearchCursor, { type }: SortKey): boolean =>
  key === null || typeof key === (type === 'text' ? 'string' : 'number');

const after = (
  { key, id }: SearchCursor,
  { expression, type }: SortKey,
  descending: boolean,
  p: Parameters,
): string => {
  const beyond = `t.candidate_id > ${p.add(id)}::uuid`;
  if (key === null) return `(${expression} IS NULL AND ${beyond})`;
  const edge = `${p.add(key)}::${type}`;
  return `(${expression} ${descending ? '<' : '>'} ${edge} OR (${expression} = ${edge} AND ${beyond}) OR ${expression} IS NULL)`;
};

const count = async (sql: SqlExecutor, criteria: TalentCriteria, now: Date): Promise<number> => {
  const p = new Parameters();
  const where = conditions(criteria, now, p);
  const [row] = await sql.query<{ n: string }>(
    `SELECT count(*) AS n FROM read.talent t ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}`,
    p.values,
  );
  return Number(row?.n ?? 0);
};
