import { instantOf } from '#libs/http';
import { encodePosition } from '#libs/kernel';
import { Database, Parameters } from '#libs/read-store';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { badCursor } from '../problems.js';
import { decodeRecordCursor, encodeRecordCursor, type RecordCursor } from './record-cursor.js';
import type { SearchRecordDocument, SearchRecordPage, SearchRecordsQuery } from './search-record.dto.js';

/** What was searched for, the newest first. */
export class ListSearchRecords extends Query<SearchRecordPage> {
  constructor(readonly options: SearchRecordsQuery) {
    super();
  }
}

interface RecordRow {
  id: string;
  searched_at: Date;
  caller_id: string;
  caller_kind: string;
  purpose: string | null;
  requisition_id: string | null;
  request: object;
  result_ids: string[];
  total: string | null;
  saved_search_id: string | null;
  pool_id: string | null;
  export_id: string | null;
  part: number | null;
  commit: string | null;
  prepare: string | null;
}

const conditionsOf = (
  { caller, candidateId, requisitionId, savedSearchId, poolId, exportId, from, to }: SearchRecordsQuery,
  edge: RecordCursor | undefined,
  p: Parameters,
): string[] => [
  ...(caller === undefined ? [] : [`caller_id = ${p.add(caller)}`]),
  ...(candidateId === undefined ? [] : [`result_ids @> ARRAY[${p.add(candidateId)}::uuid]`]),
  ...(requisitionId === undefined ? [] : [`requisition_id = ${p.add(requisitionId)}`]),
  ...(savedSearchId === undefined ? [] : [`saved_search_id = ${p.add(savedSearchId)}::uuid`]),
  ...(poolId === undefined ? [] : [`pool_id = ${p.add(poolId)}::uuid`]),
  ...(exportId === undefined ? [] : [`export_id = ${p.add(exportId)}::uuid`]),
  ...(from === undefined ? [] : [`searched_at >= ${p.add(instantOf(from))}`]),
  ...(to === undefined ? [] : [`searched_at < ${p.add(instantOf(to))}`]),
  ...(edge ? [`(searched_at, id) < (${p.add(edge.searchedAt)}::timestamptz, ${p.add(edge.id)}::uuid)`] : []),
];

const recordDocument = (row: RecordRow): SearchRecordDocument => ({
  id: row.id,
  searchedAt: row.searched_at.toISOString(),
  caller: { kind: row.caller_kind, id: row.caller_id },
  purpose: row.purpose,
  requisitionId: row.requisition_id,
  request: row.request,
  candidateIds: row.result_ids,
  total: row.total === null ? null : Number(row.total),
  savedSearchId: row.saved_search_id,
  poolId: row.pool_id,
  export: row.export_id === null || row.part === null ? null : { id: row.export_id, part: row.part },
  position:
    row.commit === null || row.prepare === null
      ? null
      : encodePosition({ commit: BigInt(row.commit), prepare: BigInt(row.prepare) }),
});

@QueryHandler(ListSearchRecords)
export class ListSearchRecordsHandler implements IQueryHandler<ListSearchRecords> {
  constructor(private readonly database: Database) {}

  async execute({ options }: ListSearchRecords): Promise<SearchRecordPage> {
    const { cursor, limit } = options;
    const edge = cursor === undefined ? undefined : decodeRecordCursor(cursor);
    if (cursor !== undefined && edge === undefined) throw badCursor();
    const p = new Parameters();
    const where = conditionsOf(options, edge, p);
    const rows = await this.database.query<RecordRow>(
      `SELECT id, searched_at, caller_id, caller_kind, purpose, requisition_id, request, result_ids, total,
         saved_search_id, pool_id, export_id, part, commit, prepare
       FROM vault.search_records ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
       ORDER BY searched_at DESC, id DESC LIMIT ${p.add(limit + 1)}`,
      p.values,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(recordDocument),
      nextCursor:
        rows.length > limit && last ? encodeRecordCursor({ searchedAt: last.searched_at, id: last.id }) : null,
    };
  }
}
