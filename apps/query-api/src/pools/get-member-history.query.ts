import { explain, membershipChanges, type Criteria } from '#libs/criteria';
import { instantOf } from '#libs/http';
import { CLOCK, type Clock, type LogPosition } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { poolsOfCandidate, poolsProjection, type PoolStay } from '#projections/pools';
import { liveModels, scoringModels } from '#projections/scoring-models';
import { personHistory } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { Identities } from '../identity/identities.js';
import { PastEvents } from '../past/past-events.js';
import { PastStates } from '../past-states/past-states.js';
import { candidateUnknown } from '../problems.js';
import { criteriaOf, knownPool } from './known-pool.js';
import type { MemberChangeDocument, MemberHistoryDocument, MemberHistoryQuery } from './member-history.dto.js';
import { PastStays } from './past-stays.js';

/** Whether somebody is in a pool, why, and every time that they came and went. */
export class GetMemberHistory extends Query<MemberHistoryDocument> {
  constructor(
    readonly poolId: string,
    readonly candidateId: string,
    readonly options: MemberHistoryQuery,
  ) {
    super();
  }
}

/** Up to when it's told, and by what had been recorded by a position, if one is given. */
interface HistoryMoment {
  readonly at: Date;
  readonly position: LogPosition | undefined;
}

/** Null where it's for ever. */
const instant = (at: number | null): string | null =>
  at === null || !Number.isFinite(at) ? null : new Date(at).toISOString();

const changesOfStay = ({ joinedAt, reason, leftAt, leftReason }: PoolStay): MemberChangeDocument[] => [
  { at: joinedAt.toISOString(), change: 'entered', because: reason === null ? [] : [reason] },
  ...(leftAt ? [{ at: leftAt.toISOString(), change: 'left', because: leftReason === null ? [] : [leftReason] }] : []),
];

/** Of a static pool, as it was put down. */
const ofStays = (stays: readonly PoolStay[], at: Date): MemberHistoryDocument => {
  const changes = stays
    .toReversed()
    .flatMap(changesOfStay)
    .filter((change) => change.at <= at.toISOString());
  const last = changes.at(-1);
  return {
    at: at.toISOString(),
    member: last?.change === 'entered',
    since: last?.at ?? null,
    nextChange: null,
    conditions: [],
    changes,
  };
};

@QueryHandler(GetMemberHistory)
export class GetMemberHistoryHandler implements IQueryHandler<GetMemberHistory> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
    private readonly pastStays: PastStays,
    private readonly pasts: PastStates,
    private readonly identities: Identities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ poolId, candidateId, options }: GetMemberHistory): Promise<MemberHistoryDocument> {
    const after = await this.pasts.laterOf(options.after, options.asOfPosition);
    await this.freshness.reach(after, poolsProjection.name, scoringModels.name);
    const at = instantOf(options.at) ?? this.clock.now();
    const moment = { at, position: positionOf(options.asOfPosition) };
    const criteria = criteriaOf(await knownPool(this.database, poolId));
    if (criteria) return this.ofSegment(criteria, candidateId, moment, after);
    return ofStays(await this.stays(poolId, candidateId, moment, after), at);
  }

  private async stays(
    poolId: string,
    candidateId: string,
    { at, position }: HistoryMoment,
    after: string | undefined,
  ): Promise<readonly PoolStay[]> {
    if (!position) return poolsOfCandidate(this.database, candidateId, { poolId });
    const ids = await this.identities.idsOf(candidateId, after, { at, position: position.commit });
    return this.pastStays.of(ids, position, { poolId });
  }

  /**
   * By the pure function, from the person's events under all ids that they have now, or had at the position: as if the
   * segment had always been there.
   */
  private async ofSegment(
    criteria: Criteria,
    candidateId: string,
    { at, position }: HistoryMoment,
    after: string | undefined,
  ): Promise<MemberHistoryDocument> {
    const known = position && { at, position: position.commit };
    const ids = await this.identities.idsOf(candidateId, after, known);
    const events = await this.past.of(ids, { position }, after);
    const history = personHistory(events.flat(), ids, await liveModels(this.database, position?.commit));
    if (!history) throw candidateUnknown();
    const { member, since, nextChange, conditions } = explain(criteria, history, at.getTime());
    return {
      at: at.toISOString(),
      member,
      since: instant(since),
      nextChange: instant(nextChange),
      conditions: conditions.map(({ pointer, holds, ...times }) => ({
        pointer,
        holds,
        since: instant(times.since),
        nextChange: instant(times.nextChange),
      })),
      changes: membershipChanges(criteria, history, at.getTime()).map(({ at: when, change, because }) => ({
        at: new Date(when).toISOString(),
        change,
        because: [...because],
      })),
    };
  }
}
