import { instantOf } from '#libs/http';
import { Database } from '#libs/read-store';
import { timeline, timelineOf, type TimelineEntry } from '#projections/timeline';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { Identities } from '../identity/identities.js';
import { positionOf } from '../freshness/position-token.js';
import { pageAfter } from '../page-after.js';
import { badCursor, candidateUnknown } from '../problems.js';
import type { TimelineEntryDocument, TimelinePage, TimelineQuery } from './timeline.dto.js';

/** A page of what happened between us and a candidate. */
export class GetTimeline extends Query<TimelinePage> {
  constructor(
    readonly candidateId: string,
    readonly options: TimelineQuery,
  ) {
    super();
  }
}

const toDocument = ({
  candidateId,
  eventId,
  type,
  timePrecision,
  actor,
  source,
  details,
  verdict,
  ...entry
}: TimelineEntry): TimelineEntryDocument => ({
  candidateId,
  eventId,
  type,
  occurredAt: entry.occurredAt.toISOString(),
  timePrecision,
  recordedAt: entry.recordedAt.toISOString(),
  actor,
  source,
  details,
  verdict,
});

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly identities: Identities,
    private readonly pasts: PastStates,
  ) {}

  async execute({ candidateId, options }: GetTimeline): Promise<TimelinePage> {
    const { order, types, limit, cursor } = options;
    const after = await this.pasts.laterOf(options.after, options.asOfPosition);
    const asOf = instantOf(options.asOf);
    const asOfPosition = positionOf(options.asOfPosition)?.commit;
    const candidateIds = await this.identities.idsOf(candidateId, after, { at: asOf, position: asOfPosition });
    await this.freshness.reachAbout(candidateIds, after, timeline.name);
    const page = await pageAfter(cursor, () =>
      timelineOf(this.database, {
        candidateIds,
        order,
        limit,
        ...(types === undefined ? {} : { types }),
        ...(asOf === undefined ? {} : { asOf }),
        ...(asOfPosition === undefined ? {} : { asOfPosition }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    if (!page.ok) throw badCursor();
    const { items, nextCursor } = page.value;
    if (items.length === 0 && !(await this.knows(candidateId))) throw candidateUnknown();
    return { items: items.map(toDocument), nextCursor };
  }

  /** Everyone's timeline begins with their being added. */
  private async knows(candidateId: string): Promise<boolean> {
    const first = await timelineOf(this.database, { candidateIds: [candidateId], order: 'oldest', limit: 1 });
    return first.ok && first.value.items.length > 0;
  }
}
