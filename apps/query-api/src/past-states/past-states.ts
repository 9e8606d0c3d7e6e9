import { EventLog } from '#libs/event-store';
import { instantOf, invalidRequest, ProblemError } from '#libs/http';
import { CLOCK, comparePositions, encodePosition, isUuid, START, type Clock, type LogPosition } from '#libs/kernel';
import {
  modelName,
  PastJobs,
  pastSql,
  PastStateGoneError,
  pastTables,
  type PastJob,
  type PastSought,
  type Projection,
} from '#libs/projecting';
import { Database, type SqlExecutor } from '#libs/read-store';
import { liveAt } from '#libs/scoring';
import { engagement, builtInStandings, engagementBy, standingsBy, type Standings } from '#projections/engagement';
import { identity } from '#projections/identity';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { liveModels, publishedModels, scoringModels } from '#projections/scoring-models';
import { talentActivity, talentSearch } from '#projections/talent-search';
import { Inject, Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { badCursor } from '../problems.js';
import { assertReady, jobUnknown, tooManyPasts } from './job-document.js';
import type { PastStateRequest, SeenPastDocument } from './past-state.dto.js';

/** What searches and lists of members ask, beside everybody's standing by the model that was live. */
const unscored: readonly Projection[] = [talentSearch, relationship, identity, poolsProjection];

/** A past moment as a read names it, and what has to count in it. */
export interface AskedMoment extends PastStateRequest {
  readonly after?: string | undefined;
}

/** Read models as they were, to be asked as the live ones are. */
export interface PastView {
  readonly sql: SqlExecutor;
  /** What bands and warmth go by. */
  readonly by: Standings;
  /** The instant that conditions hold at. */
  readonly now: Date;
  readonly position: LogPosition;
  readonly seen: SeenPastDocument;
  /** The cursor of a page of it, without which past it's of. */
  readonly cursor: string | undefined;
  /** Of the next page: it's of the same past, whatever is built meanwhile. */
  nextCursor(cursor: string | null): string | null;
}

const CURSOR = /^([0-9a-f-]{36})\.(.+)$/;

/** Past states of the read models: asked for, and looked into. */
@Injectable()
export class PastStates {
  readonly jobs: PastJobs;

  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly freshness: Freshness,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.jobs = new PastJobs(database, talentActivity);
  }

  /** Asks for one. Throws 400 for a moment that hasn't come, 429 where too many wait. */
  async request(asked: AskedMoment): Promise<PastJob> {
    const sought = await this.soughtBy(asked);
    const position = await this.upTo(asked.asOfPosition);
    const job = await this.jobs.request({ ...sought, position }, sought.pinned ? position : sought.position);
    if (!job.ok) throw tooManyPasts();
    return job.value;
  }

  /** The position that's asked for; the end of the log, unless one is. Throws 400 for one that's beyond it. */
  async upTo(asOfPosition: string | undefined): Promise<LogPosition> {
    const head = await this.log.head();
    const position = positionOf(asOfPosition) ?? head;
    if (comparePositions(position, head) > 0)
      throw invalidRequest([{ pointer: '/asOfPosition', detail: 'must not lie beyond the end of the log' }]);
    return position;
  }

  /**
   * What a read of what was known at a position waits for: the later one of that and `after`. Throws 400 for a position that's
   * beyond the end of the log.
   */
  async laterOf(after: string | undefined, asOfPosition: string | undefined): Promise<string | undefined> {
    if (asOfPosition === undefined) return after;
    const [position, known] = [await this.upTo(asOfPosition), positionOf(after)];
    return known && comparePositions(known, position) > 0 ? after : asOfPosition;
  }

  /**
   * The past that a read names; undefined where it names none. Throws 409 where nobody asked for that past, and 503 while
   * it's being made.
   */
  async view(asked: AskedMoment, cursor: string | undefined): Promise<PastView | undefined> {
    if (asked.asOf === undefined && asked.asOfPosition === undefined) return undefined;
    const sought = await this.soughtBy(asked);
    const [, id, inner] = cursor === undefined ? [] : (CURSOR.exec(cursor) ?? []);
    if (cursor !== undefined && (id === undefined || !isUuid(id))) throw badCursor();
    const job = id === undefined ? await this.jobs.latest(sought) : await this.jobs.one(id);
    if (!job) throw id === undefined ? pastMissing() : jobUnknown('past state');
    if (!this.isOf(job, sought)) throw badCursor();
    assertReady(job);
    await this.jobs.used(job.id);
    return this.viewOf(job, inner);
  }

  private async viewOf(job: PastJob, cursor: string | undefined): Promise<PastView> {
    // A cursor leads to a past state that a release with other read models made.
    if (!unscored.every((projection) => job.models.includes(modelName(projection)))) throw pastMissing();
    const by = await this.standingsOf(job);
    const past = pastSql(this.database, pastTables(job.id), [...unscored, engagementBy(by.model)]);
    const now = job.occurredBy ?? job.recordedAt ?? new Date(0);
    return {
      sql: {
        query: (sql, params) =>
          past.query(sql, params).catch((error: unknown) => {
            throw error instanceof PastStateGoneError ? pastMissing() : error;
          }) as never,
      },
      by,
      now,
      position: job.position,
      seen: { pastStateId: job.id, at: now.toISOString(), asOfPosition: encodePosition(job.position) },
      cursor,
      nextCursor: (next) => (next === null ? null : `${job.id}.${next}`),
    };
  }

  /** By which model a past state scores people, of all that were ever published: the one whose standings it was asked to have. */
  private async standingsOf({ models }: PastJob): Promise<Standings> {
    if (models.includes(modelName(engagement))) return builtInStandings;
    const all = await publishedModels(this.database);
    const found = all.find(({ model }) => models.includes(modelName(engagementBy(model))));
    if (!found) throw pastMissing();
    return standingsBy(found.model);
  }

  private async soughtBy({ asOf, asOfPosition, after }: AskedMoment): Promise<PastSought> {
    const occurredBy = instantOf(asOf) ?? null;
    if (occurredBy === null && asOfPosition === undefined)
      throw invalidRequest([{ pointer: '/asOf', detail: 'is needed, or asOfPosition, or both' }]);
    if (occurredBy && occurredBy > this.clock.now())
      throw invalidRequest([{ pointer: '/asOf', detail: 'must not be later than now' }]);
    await this.freshness.reach(after, scoringModels.name);
    const live = await liveModels(this.database, positionOf(asOfPosition)?.commit);
    const scored = engagementBy(liveAt(live, occurredBy?.getTime() ?? Infinity));
    return {
      kind: 'state',
      segment: null,
      occurredBy,
      pinned: asOfPosition !== undefined,
      position: positionOf(asOfPosition) ?? positionOf(after) ?? START,
      models: [...unscored, scored].map(modelName),
    };
  }

  private isOf(job: PastJob, { kind, occurredBy, pinned, position }: PastSought): boolean {
    const order = comparePositions(job.position, position);
    return (
      job.kind === kind &&
      job.occurredBy?.getTime() === occurredBy?.getTime() &&
      job.pinned === pinned &&
      (pinned ? order === 0 : order >= 0)
    );
  }
}

const pastMissing = (): ProblemError =>
  new ProblemError(409, 'past-missing', {
    detail:
      'The whole pool as of then is not at hand. Ask for it with POST /v1/past-states, with the same asOf and ' +
      'asOfPosition (and after), wait until it is ready, and send this again.',
  });
