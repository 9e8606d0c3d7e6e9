import type { LogPosition } from './stored-event.js';

/** Before every event. */
export const START: LogPosition = { commit: 0n, prepare: 0n };

/** Negative, zero or positive, as `a` lies before, at or after `b`. */
export const comparePositions = (a: LogPosition, b: LogPosition): number => {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
};

const token = /^p1-(\d{1,20})-(\d{1,20})$/;

/** A position as callers hold it: opaque to them, comparable by us. */
export const encodePosition = (position: LogPosition): string => `p1-${position.commit}-${position.prepare}`;

/** Undefined for what `encodePosition` can't have made. */
export const decodePosition = (text: string): LogPosition | undefined => {
  const match = token.exec(text);
  return match ? { commit: BigInt(match[1] ?? ''), prepare: BigInt(match[2] ?? '') } : undefined;
};
