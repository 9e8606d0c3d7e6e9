import type { Parameters } from '#libs/read-store';

/** A word of a text search query, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Where terms are asked of. */
export interface TermsScope {
  readonly p: Parameters;
  /** Of somebody's terms, where the statement has them as a text search vector already. */
  readonly terms?: string;
}

/** Who has terms as the query says: several such conditions are met in one scan of one index. */
export const termsSql = (query: string, { p, terms = 'array_to_tsvector(t.terms)' }: TermsScope): string =>
  `${terms} @@ ${p.add(query)}::tsquery`;
