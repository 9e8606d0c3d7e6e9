/** The pair that a page ended with. */
export interface PairEdge {
  readonly centibits: number;
  readonly a: string;
  readonly b: string;
}

export const encodeCursor = ({ centibits, a, b }: PairEdge): string =>
  Buffer.from(JSON.stringify([centibits, a, b])).toString('base64url');

/** Undefined for what no page of this kind ended with. */
export const decodeCursor = (cursor: string): PairEdge | undefined => {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(found) || found.length !== 3) return undefined;
    const [centibits, a, b] = found as unknown[];
    const fits = Number.isSafeInteger(centibits) && typeof a === 'string' && typeof b === 'string';
    return fits ? { centibits: centibits as number, a, b } : undefined;
  } catch {
    return undefined;
  }
};
