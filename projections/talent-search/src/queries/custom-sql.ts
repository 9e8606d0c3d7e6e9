import { ANY_CUSTOM_VALUE, customWord, type CustomLeaf } from '#libs/criteria';
import type { Parameters } from '#libs/read-store';
import { term } from '../terms.js';
import { termsSql, type TermsScope } from './terms-sql.js';

/** A cast of what isn't personal and has the type of the bound; what's personal may read `[erased]`. */
const rankSql = ({ custom: key, atLeast, below }: CustomLeaf, p: Parameters): string => {
  const field = `c.custom_fields->${p.add(key)}::text`;
  const isNumber = typeof (atLeast ?? below) === 'number';
  const [value, bound] = isNumber
    ? [`(${field}->>'value')::double precision`, (at: unknown): string => `${p.add(at)}::double precision`]
    : [`(${field}->>'value') COLLATE "C"`, (at: unknown): string => `${p.add(at)}::text`];
  const bounds = [
    ...(atLeast === undefined ? [] : [`${value} >= ${bound(atLeast)}`]),
    ...(below === undefined ? [] : [`${value} < ${bound(below)}`]),
  ].join(' AND ');
  const like = p.add(JSON.stringify({ type: isNumber ? 'number' : 'date', personal: false }));
  return `CASE WHEN ${field} @> ${like}::jsonb THEN ${bounds} ELSE false END`;
};

/** Who has such a value of a field of the business's own. */
export const customSql = (leaf: CustomLeaf, scope: TermsScope): string => {
  const { custom, is, known } = leaf;
  const word = (one: string): string => term(`custom.${custom}`, one);
  if (is) return termsSql({ any: is.map((value) => word(customWord(value))) }, scope);
  const has = termsSql(word(ANY_CUSTOM_VALUE), scope);
  if (known !== undefined) return known ? has : `NOT (${has})`;
  // The index finds who has any value at all; theirs are compared.
  return `(${has} AND ${rankSql(leaf, scope.p)})`;
};
