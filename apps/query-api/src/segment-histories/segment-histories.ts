import { ProblemError } from '#libs/http';
import { START } from '#libs/kernel';
import {
  modelName,
  PastJobs,
  pastSql,
  PastStateGoneError,
  pastTables,
  type JobSegment,
  type PastJob,
} from '#libs/projecting';
import { Database, type SqlExecutor } from '#libs/read-store';
import { segmentHistory } from '#projections/pools';
import { scoringModels } from '#projections/scoring-models';
import { talentActivity, talentSearch } from '#projections/talent-search';
import { Injectable } from '@nestjs/common';
import { positionOf } from '../freshness/position-token.js';
import { assertReady, jobDocument, jobUnknown, tooManyPasts } from '../past-states/job-document.js';
import { PastStates } from '../past-states/past-states.js';
import { knownPool } from '../pools/known-pool.js';
import type { SegmentHistoryDocument, SegmentHistoryRequest } from './segment-history.dto.js';

/** A stay is what the criteria make of a history, by the versions of talent search and of what knows which model was live. */
const models = [segmentHistory, talentSearch, scoringModels].map(modelName);

/** A history that's ready, to be asked. */
export interface ReadyHistory {
  readonly poolId: string;
  readonly sql: SqlExecutor;
  /** It says nothing about later times. */
  readonly until: Date;
}

export const historyDocument = (job: PastJob): SegmentHistoryDocument => ({
  ...jobDocument(job),
  poolId: job.segment?.poolId ?? '',
  criteria: job.segment?.criteria ?? {},
});

/** Whole pasts of segments: asked for, and looked into. */
@Injectable()
export class SegmentHistories {
  readonly jobs: PastJobs;

  constructor(
    private readonly database: Database,
    private readonly pasts: PastStates,
  ) {
    this.jobs = new PastJobs(database, talentActivity);
  }

  /** Asks for one, by the segment's criteria of now. Throws 404, 409 for a static pool, 429 where too many wait. */
  async request({ poolId, asOfPosition }: SegmentHistoryRequest, after: string | undefined): Promise<PastJob> {
    const { criteria, poolId: id } = await knownPool(this.database, poolId);
    if (!criteria)
      throw new ProblemError(409, 'pool-static', {
        detail: 'Who came into a static pool and went is on record: /v1/pools/{id}/changes.',
      });
    const segment: JobSegment = { poolId: id, criteria };
    const position = await this.pasts.upTo(asOfPosition);
    const pinned = asOfPosition !== undefined;
    const wanted = { kind: 'segment', segment, occurredBy: null, position, pinned, models } as const;
    const job = await this.jobs.request(wanted, pinned ? position : (positionOf(after) ?? START));
    if (!job.ok) throw tooManyPasts();
    return job.value;
  }

  async one(id: string): Promise<PastJob> {
    const job = await this.jobs.one(id);
    if (job?.kind !== 'segment') throw jobUnknown('history of a segment');
    return job;
  }

  /** Throws 404, and 503 while it's being made. */
  async ready(id: string): Promise<ReadyHistory> {
    const job = await this.one(id);
    assertReady(job);
    await this.jobs.used(id);
    const past = pastSql(this.database, pastTables(id), [segmentHistory]);
    return {
      poolId: job.segment?.poolId ?? '',
      until: job.requestedAt,
      sql: {
        query: (sql, params) =>
          past.query(sql, params).catch((error: unknown) => {
            throw error instanceof PastStateGoneError ? jobUnknown('history of a segment') : error;
          }) as never,
      },
    };
  }
}
