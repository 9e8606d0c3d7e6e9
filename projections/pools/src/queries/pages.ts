import { decodeCursor, encodeCursor } from '#libs/read-store';
import { Type } from 'typebox';

/** Where a page ended: so many texts, in the order of the sort key. Undefined for what no page of this kind ended with. */
export const edgeOf = (cursor: string, texts: number): readonly string[] | undefined =>
  decodeCursor(Type.Array(Type.String(), { minItems: texts, maxItems: texts }), cursor);

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
