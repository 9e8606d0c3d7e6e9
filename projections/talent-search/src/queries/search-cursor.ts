import { cursorUuid, decodeCursor, encodeCursor } from '#libs/read-store';
import { createHash } from 'node:crypto';
import { Type, type Static } from 'typebox';
import type { TalentCriteria } from './criteria.js';
import type { KeyValue } from './sort-key.js';

/** Of a date, from 1970. */
const MOST_MILLISECONDS = 8.64e15;

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

/** Version, digest, sort key, id, and `now` in milliseconds since 1970. */
const place = Type.Tuple([
  Type.Literal(1),
  Type.String(),
  Type.Union([Type.Null(), Type.String(), Type.Number()]),
  cursorUuid(),
  Type.Integer({ minimum: -MOST_MILLISECONDS, maximum: MOST_MILLISECONDS }),
]);

export const encodeSearchCursor = ({ key, id, now }: SearchCursor, digest: string): string =>
  encodeCursor([1, digest, key, id, now.getTime()] satisfies Static<typeof place>);

/** Undefined for what isn't a cursor of this search. */
export const decodeSearchCursor = (cursor: string, digest: string): SearchCursor | undefined => {
  const [, of, key, id, now] = decodeCursor(place, cursor) ?? [];
  return of === digest && key !== undefined && id !== undefined && now !== undefined
    ? { key, id, now: new Date(now) }
    : undefined;
};
