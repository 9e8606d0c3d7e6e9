import { ProblemError, retryAfter } from '#libs/http';
import { newId, type Actor } from '#libs/kernel';
import { Database, type SqlExecutor } from '#libs/read-store';
import { talentSearch } from '#projections/talent-search';
import { Injectable } from '@nestjs/common';
import type { PastView } from '../past-states/past-states.js';

/** What was asked for, with what it was said to be for. */
export interface RecordedRequest {
  /** What was asked of the list of silver medallists, where that's what was searched. */
  readonly silverMedallists?: object;
  readonly purpose?: string | undefined;
  readonly requisitionId?: string | undefined;
  readonly cursor?: string | undefined;
}

/** A search that's about to be answered. */
export interface AnsweredSearch {
  readonly caller: Actor;
  readonly request: RecordedRequest;
  readonly shown: readonly { readonly id: string }[];
  readonly total?: number | undefined;
  /** The saved search that was run. */
  readonly savedSearchId?: string | undefined;
  /** The pool or segment whose members were asked for. */
  readonly poolId?: string | undefined;
  /** The export that this is a part of, counted from 0. */
  readonly exported?: { readonly id: string; readonly part: number };
  /** Of a search as of a past moment. */
  readonly past?: PastView | undefined;
  /** The read model that was searched: that of talent, unless given. */
  readonly readModel?: string;
}

const RETRY_SECONDS = 5;

/** The words beside the criteria have columns of their own, and a cursor may hold a name: what it continues is kept instead. */
const recordedRequest = (request: RecordedRequest, past: PastView | undefined): string =>
  JSON.stringify({
    ...request,
    purpose: undefined,
    requisitionId: undefined,
    cursor: undefined,
    ...(request.cursor === undefined ? {} : { continued: true }),
    ...(past ? { past: past.seen } : {}),
  });

/** Keeps who searched for what and whom they found. A search that can't be recorded isn't answered. */
@Injectable()
export class SearchRecords {
  constructor(private readonly database: Database) {}

  /** One statement. Throws the 503 problem `search-not-recorded`. */
  async record(search: AnsweredSearch, sql: SqlExecutor = this.database): Promise<void> {
    const {
      caller,
      request,
      shown,
      total,
      savedSearchId,
      poolId,
      exported,
      past,
      readModel = talentSearch.name,
    } = search;
    try {
      await sql.query(
        `INSERT INTO vault.search_records
           (id, caller_id, caller_kind, purpose, requisition_id, request, result_ids, total, saved_search_id, pool_id,
            export_id, part, commit, prepare)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $10, $11, $12, $13, coalesce($14::bigint, c.commit),
           coalesce($15::bigint, c.prepare)
         FROM (SELECT) one LEFT JOIN vault.projection_checkpoints c ON c.projection = $9 AND c.generation = 'live'`,
        [
          newId(),
          caller.id,
          caller.kind,
          request.purpose ?? null,
          request.requisitionId ?? null,
          recordedRequest(request, past),
          shown.map(({ id }) => id),
          total ?? null,
          readModel,
          savedSearchId ?? null,
          poolId ?? null,
          exported?.id ?? null,
          exported?.part ?? null,
          past?.position.commit ?? null,
          past?.position.prepare ?? null,
        ],
        { prepared: true },
      );
    } catch (cause) {
      throw new ProblemError(503, 'search-not-recorded', {
        detail: 'Searches are answered only once they are recorded, and this one could not be. Send it again later.',
        headers: retryAfter(RETRY_SECONDS),
        cause,
      });
    }
  }
}
