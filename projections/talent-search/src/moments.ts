import { termNumber } from './terms.js';
import type { TalentFact } from './facts.js';

/** What a fact can be about that criteria ask for by name. */
export type MomentKind = 'topic' | 'series';

/** Somebody had to do with it at all. */
export const everNumber = (kind: MomentKind, key: string): bigint => termNumber(`${kind}:${key}`);

/** @param month as `2026-03`, in UTC */
export const monthNumber = (kind: MomentKind, key: string, month: string): bigint =>
  termNumber(`${kind}:${key}@${month}`);

/** The month of an instant in UTC, as `2026-03`. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 'yyyy-mm'.length);

const numbersOf = (kind: MomentKind, key: string | null, at: Date): bigint[] =>
  key === null ? [] : [everNumber(kind, key), monthNumber(kind, key, monthOf(at))];

/** What an index has of facts, whoever did them: who has the fact is among those with the numbers. Each once, in order. */
export const momentsOf = (facts: readonly TalentFact[], known: readonly bigint[] = []): bigint[] => {
  const numbers = facts.flatMap(({ topic_key, series_key, at }) => [
    ...numbersOf('topic', topic_key, at),
    ...numbersOf('series', series_key, at),
  ]);
  return [...new Set([...known, ...numbers])].sort((a, b) => (a < b ? -1 : 1));
};
