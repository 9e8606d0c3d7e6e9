import { err, ok, type Result } from '#libs/kernel';
import { Parameters, type SqlExecutor } from '#libs/read-store';

export interface SavedSearch {
  readonly savedSearchId: string;
  readonly revision: number;
  readonly name: string;
  readonly ownerKind: 'person' | 'team' | null;
  readonly owner: string | null;
  readonly shared: boolean;
  readonly savedBy: string;
  /** Null where the keys that sealed it are gone. */
  readonly search: Readonly<Record<string, unknown>> | null;
  readonly purpose: string | null;
  readonly requisitionId: string | null;
  readonly savedAt: Date;
  readonly changedAt: Date;
}

/** Who looks. `all`: they see what others keep to themselves. */
export interface Looker {
  readonly id: string;
  readonly all: boolean;
}

export interface SavedSearchCriteria {
  readonly looker: Looker;
  readonly owner?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface SavedSearchList {
  readonly items: readonly SavedSearch[];
  readonly nextCursor: string | null;
}

/** Where a page ended. No name is in it: a cursor is part of an address. */
const encodeCursor = ({ savedAt, savedSearchId }: SavedSearch): string => `${savedAt.getTime()}_${savedSearchId}`;

/** Undefined for what no page ended with. */
const decodeCursor = (cursor: string): { readonly savedAt: Date; readonly id: string } | undefined => {
  const [, time, id] = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  return time === undefined || id === undefined ? undefined : { savedAt: new Date(Number(time)), id };
};

const columns = `saved_search_id AS "savedSearchId", revision, name, owner_kind AS "ownerKind", owner, shared,
  saved_by AS "savedBy", search, purpose, requisition_id AS "requisitionId", saved_at AS "savedAt", changed_at AS "changedAt"`;

const visible = ({ id, all }: Looker, p: Parameters): string[] => (all ? [] : [`(shared OR saved_by = ${p.add(id)})`]);

/** One that this looker may see; undefined where there's none. */
export const savedSearchOf = async (
  sql: SqlExecutor,
  savedSearchId: string,
  looker: Looker,
): Promise<SavedSearch | undefined> => {
  const p = new Parameters();
  const where = [`saved_search_id = ${p.add(savedSearchId)}::uuid`, ...visible(looker, p)];
  const [found] = await sql.query<SavedSearch>(
    `SELECT ${columns} FROM read.saved_searches WHERE ${where.join(' AND ')}`,
    p.values,
  );
  return found;
};

/** A page of those that this looker may see, the latest first. */
export const listSavedSearches = async (
  sql: SqlExecutor,
  { looker, owner, limit, cursor }: SavedSearchCriteria,
): Promise<Result<SavedSearchList, 'bad-cursor'>> => {
  const edge = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && !edge) return err('bad-cursor');
  const p = new Parameters();
  const where = [
    'true',
    ...visible(looker, p),
    ...(owner === undefined ? [] : [`owner = ${p.add(owner)}`]),
    ...(edge ? [`(saved_at, saved_search_id) < (${p.add(edge.savedAt)}::timestamptz, ${p.add(edge.id)}::uuid)`] : []),
  ];
  const rows = await sql.query<SavedSearch>(
    `SELECT ${columns} FROM read.saved_searches WHERE ${where.join(' AND ')}
     ORDER BY saved_at DESC, saved_search_id DESC LIMIT ${p.add(limit + 1)}`,
    p.values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return ok({ items, nextCursor: rows.length > limit && last ? encodeCursor(last) : null });
};
