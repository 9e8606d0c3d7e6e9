import type { Parameters } from '#libs/read-store';
import { askedText } from './conditions.js';
import type { Elsewhere, Warmth } from './criteria-sql.js';
import type { TalentCriteria } from './criteria.js';
import { fitRankSql } from './fit-sql.js';

export const talentSorts = ['relevance', 'name', 'warmth', 'fit', 'last-contact', 'added', 'experience'] as const;
export type TalentSort = (typeof talentSorts)[number];

/** The value that a row is sorted by, as a cursor holds it; null for a row without one. */
export type KeyValue = string | number | null;

/** What rows are sorted by. */
export interface SortKey {
  /** As SQL over `people`; a plain column has an index that starts with it and goes on with the id. */
  expression(p: Parameters, now: Date): string;
  /** The id that the index goes on with. */
  readonly id: 't.candidate_id' | 'a.candidate_id';
  readonly type: 'text' | 'integer' | 'bigint' | 'timestamptz' | 'double precision';
  /** Of points, which are another read model's; `warmest` finds by them. */
  readonly warmth?: Warmth;
  /** Unless the search says otherwise. */
  readonly descending: boolean;
  readonly nullable: boolean;
}

const column = (name: string, rest: Omit<SortKey, 'expression' | 'id'>, table: 't' | 'a' = 't'): SortKey => ({
  expression: () => `${table}.${name}`,
  id: `${table}.candidate_id`,
  ...rest,
});

const columns: Readonly<Record<Exclude<TalentSort, 'relevance' | 'warmth' | 'fit'>, SortKey>> = {
  name: column('name_key', { type: 'text', descending: false, nullable: true }),
  'last-contact': column('last_human_contact_at', { type: 'timestamptz', descending: true, nullable: true }, 'a'),
  added: column('added_at', { type: 'timestamptz', descending: true, nullable: false }),
  experience: column('experience_months', { type: 'integer', descending: true, nullable: true }),
};

/** How much like the text a row is, in millionths a word; a word that's there as it was typed counts once more. */
const relevance = (text: string, p: Parameters): string => {
  const terms = askedText(text).map((word) => {
    const place = p.add(word);
    return `word_similarity(${place}, c.search_text) + (c.search_text LIKE '%' || ${place} || '%')::integer`;
  });
  return terms.length === 0 ? '0::bigint' : `round((${terms.join(' + ')})::numeric * 1000000)::bigint`;
};

const byWarmth = (warmth: Warmth): SortKey => ({
  expression: (p, now) => warmth.points('s', `${p.add(now)}::timestamptz`),
  warmth,
  id: 't.candidate_id',
  type: 'double precision',
  descending: true,
  nullable: false,
});

const byFit = (fit: TalentCriteria['fit']): SortKey => {
  if (!fit) throw new Error('How well somebody fits, only a model can tell.');
  return {
    expression: (p, now) => fitRankSql(fit.model, { p, now }),
    id: 't.candidate_id',
    type: 'integer',
    descending: true,
    nullable: false,
  };
};

/** The criteria say what rows are relevant to, and by which model they fit. */
export const sortKey = (by: TalentSort, { text = '', fit }: TalentCriteria, elsewhere?: Elsewhere): SortKey => {
  if (by === 'fit') return byFit(fit);
  if (by === 'warmth') {
    if (!elsewhere?.warmth) throw new Error('How warm somebody is, the engagement read model has to tell.');
    return byWarmth(elsewhere.warmth);
  }
  return by === 'relevance'
    ? { expression: (p) => relevance(text, p), id: 't.candidate_id', type: 'bigint', descending: true, nullable: false }
    : columns[by];
};

/** From what the driver gives: times as milliseconds since 1970. */
export const keyValue = (value: string | number | Date | null, { type }: SortKey): KeyValue => {
  if (value === null || type === 'text') return value as string | null;
  return value instanceof Date ? value.getTime() : Number(value);
};

/** Whether a cursor's value can be one of the key. */
export const fits = (value: KeyValue, { type, nullable }: SortKey): boolean => {
  if (value === null) return nullable;
  if (type === 'text') return typeof value === 'string';
  return typeof value === 'number' && (type === 'double precision' || Number.isSafeInteger(value));
};

/** As the parameter of a statement. */
export const keyParameter = (value: string | number, { type }: SortKey): string | number | Date =>
  type === 'timestamptz' ? new Date(value) : value;
