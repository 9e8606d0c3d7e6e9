import type { StoredRecord } from './record.js';

/** Which events of `$all` a reader wants. */
export type RecordFilter = (record: Pick<StoredRecord, 'stream' | 'type'>) => boolean;

export interface FilterExpression {
  readonly on: 'stream' | 'type';
  readonly prefixes: readonly string[];
  /** As the reader wrote it; undefined where prefixes are given. */
  readonly regex?: string;
}

/** The server's dialect allows escapes, such as `\-`, that JavaScript takes only without its `u` flag. */
const compile = (regex: string): RegExp => {
  try {
    return new RegExp(regex, 'u');
  } catch {
    return new RegExp(regex);
  }
};

/** Throws a SyntaxError for a regular expression that isn't one. */
export const recordFilter = ({ on, prefixes, regex }: FilterExpression): RecordFilter => {
  const pick = (record: Pick<StoredRecord, 'stream' | 'type'>): string =>
    on === 'stream' ? record.stream : record.type;
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => pick(record).startsWith(prefix));
  if (regex === undefined || regex === '') return () => true;
  const expression = compile(regex);
  return (record) => expression.test(pick(record));
};
