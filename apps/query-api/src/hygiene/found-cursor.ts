import type { FoundEdge } from '#libs/findings';

export const encodeCursor = ({ since, candidateId }: FoundEdge): string =>
  Buffer.from(JSON.stringify([since, candidateId])).toString('base64url');

/** Undefined for what no page of this kind ended with. */
export const decodeCursor = (cursor: string): FoundEdge | undefined => {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(found) || found.length !== 2) return undefined;
    const [since, candidateId] = found as unknown[];
    return typeof since === 'string' && typeof candidateId === 'string' ? { since, candidateId } : undefined;
  } catch {
    return undefined;
  }
};
