import type { Parameters } from '#libs/read-store';

/** A word of a text search query, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Who has terms as the query says: several such conditions are met in one scan of one index. */
export const termsSql = (query: string, p: Parameters): string =>
  `array_to_tsvector(t.terms) @@ ${p.add(query)}::tsquery`;
