import { PersonEvents } from '#libs/candidates';
import { EventCodec, EventLog } from '#libs/event-store';
import type { LogPosition } from '#libs/kernel';
import { membershipId } from '#libs/pools';
import { Database } from '#libs/read-store';
import { membershipsOf, staysFrom, type PoolStay, type StaysAsked } from '#projections/pools';
import { Injectable } from '@nestjs/common';

/** One person's stays in static pools as they were known at a position, from the log itself: rows don't say when they were written. */
@Injectable()
export class PastStays {
  private readonly events: PersonEvents;

  constructor(
    log: EventLog,
    codec: EventCodec,
    private readonly database: Database,
  ) {
    this.events = new PersonEvents(log, codec);
  }

  /** Under these ids. The read model says only in which pools to look; the pools have the names that they had then. */
  async of(ids: readonly string[], position: LogPosition, asked: StaysAsked): Promise<PoolStay[]> {
    const memberships = (await membershipsOf(this.database, ids)).filter(
      ({ poolId }) => asked.poolId === undefined || poolId === asked.poolId,
    );
    const streams = new Set(
      memberships.flatMap(({ poolId, candidateId }) => [
        `pool-${poolId}`,
        `membership-${membershipId(poolId, candidateId)}`,
      ]),
    );
    return staysFrom(await this.events.in([...streams], position), asked);
  }
}
