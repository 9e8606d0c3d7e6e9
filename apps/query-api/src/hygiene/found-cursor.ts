import type { FoundEdge } from '#libs/findings';
import { decodeCursor, encodeCursor } from '#libs/read-store';
import { Type } from 'typebox';

const place = Type.Tuple([Type.String(), Type.String()]);

export const foundCursor = ({ since, candidateId }: FoundEdge): string => encodeCursor([since, candidateId]);

/** Undefined for what no page of this kind ended with. */
export const foundEdge = (cursor: string): FoundEdge | undefined => {
  const found = decodeCursor(place, cursor);
  return found && { since: found[0], candidateId: found[1] };
};
