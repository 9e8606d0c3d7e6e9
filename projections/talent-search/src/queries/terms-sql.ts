import type { Parameters } from '#libs/read-store';
import { termNumber } from '../terms.js';

/** What's asked of somebody's terms: one, all of some, or any of some. */
export type TermsAsked = string | { readonly all: readonly TermsAsked[] } | { readonly any: readonly TermsAsked[] };

/** Where terms are asked of. */
export interface TermsScope {
  readonly p: Parameters;
  /** Whether it's asked of rows that are there already, one by one, and not of an index. */
  readonly ofRows?: boolean | undefined;
}

/** In the language of text search queries. */
const queryOf = (asked: TermsAsked): string => {
  if (typeof asked === 'string') return `'${termNumber(asked)}'`;
  return 'all' in asked ? `(${asked.all.map(queryOf).join(' & ')})` : `(${asked.any.map(queryOf).join(' | ')})`;
};

const isTerm = (asked: TermsAsked): asked is string => typeof asked === 'string';

/** With arrays as they are: a text search vector would have to be made of each row's first, which takes ten times as long. */
const ofRows = (asked: TermsAsked, p: Parameters): string => {
  const numbers = (terms: readonly string[]): string =>
    `${p.add(terms.map((one) => String(termNumber(one))))}::bigint[]`;
  if (isTerm(asked)) return `t.terms @> ${numbers([asked])}`;
  const [parts, operator, word] =
    'all' in asked ? ([asked.all, '@>', ' AND '] as const) : ([asked.any, '&&', ' OR '] as const);
  const terms = parts.filter(isTerm);
  const conditions = [
    ...(terms.length === 0 ? [] : [`t.terms ${operator} ${numbers(terms)}`]),
    ...parts.filter((part) => !isTerm(part)).map((part) => ofRows(part, p)),
  ];
  return `(${conditions.join(word)})`;
};

/** Who has terms as it's asked: several such conditions are met in one scan of one index. Nothing may be asked without a term. */
export const termsSql = (asked: TermsAsked, scope: TermsScope): string =>
  scope.ofRows
    ? ofRows(asked, scope.p)
    : `array_to_tsvector(t.terms::text[]) @@ ${scope.p.add(queryOf(asked))}::tsquery`;
