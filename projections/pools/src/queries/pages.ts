/** Where a page ended: texts in the order of the sort key. */
export const encodeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Undefined for what no page of this kind ended with. */
export const decodeCursor = (cursor: string, parts: number): readonly string[] | undefined => {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const fits = Array.isArray(found) && found.length === parts && found.every((part) => typeof part === 'string');
    return fits ? found : undefined;
  } catch {
    return undefined;
  }
};

/** One more row than asked for was read, to see whether there is a next page. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  edge: (row: Row) => readonly string[],
): { items: Item[]; nextCursor: string | null } => {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(edge(last)) : null };
};

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
