import { decodeCursor, encodeCursor } from '#libs/read-store';
import { Type } from 'typebox';

/** The pair that a page ended with. */
export interface PairEdge {
  readonly centibits: number;
  readonly a: string;
  readonly b: string;
}

const place = Type.Tuple([Type.Integer(), Type.String(), Type.String()]);

export const pairCursor = ({ centibits, a, b }: PairEdge): string => encodeCursor([centibits, a, b]);

/** Undefined for what no page of this kind ended with. */
export const pairEdge = (cursor: string): PairEdge | undefined => {
  const found = decodeCursor(place, cursor);
  return found && { centibits: found[0], a: found[1], b: found[2] };
};
