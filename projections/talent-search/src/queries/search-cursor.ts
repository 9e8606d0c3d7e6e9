import { createHash } from 'node:crypto';
import type { TalentCriteria } from './criteria.js';
import type { KeyValue } from './sort-key.js';

/** Where a page ended: its last row's sort key and id, for the very same search. */
export interface SearchCursor {
  readonly key: KeyValue;
  readonly id: string;
  /** What "months ago" counts from, on every page. */
  readonly now: Date;
}

/** The same criteria and sort give the same digest; a cursor of another search is told by it. */
export const searchDigest = (criteria: TalentCriteria, sort: object): string =>
  createHash('sha256')
    .update(JSON.stringify([sorted(criteria), sorted(sort)]))
    .digest('base64url')
    .slice(0, 16);

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
};

export const encodeCursor = ({ key, id, now }: SearchCursor, digest: string): string =>
  Buffer.from(JSON.stringify([1, digest, key, id, now.getTime()])).toString('base64url');

/** Undefined for what isn't a cursor of this search. */
export const decodeCursor = (text: string, digest: string): SearchCursor | undefined => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed.length !== 5) return undefined;
    const [version, of, key, id, now] = parsed as unknown[];
    const goodKey = key === null || typeof key === 'string' || (typeof key === 'number' && Number.isFinite(key));
    const goodId = typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    const goodNow = typeof now === 'number' && Math.abs(now) < 8.64e15;
    return version === 1 && of === digest && goodKey && goodId && goodNow ? { key, id, now: new Date(now) } : undefined;
  } catch {
    return undefined;
  }
};
