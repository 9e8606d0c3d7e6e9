import { PersonEvents } from '#libs/candidates';
import { EventCodec, EventLog } from '#libs/event-store';
import type { LogPosition, StoredEvent } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { applicationsOf } from '#projections/funnel';
import { Injectable } from '@nestjs/common';

/** What counts: what had happened by an instant, what had been recorded by a position, or what both hold of. */
export interface Moment {
  readonly at?: Date | undefined;
  readonly position?: LogPosition | undefined;
}

/** Replays what is known of one person up to a moment, from the log itself. */
@Injectable()
export class PastEvents {
  private readonly events: PersonEvents;

  constructor(
    log: EventLog,
    codec: EventCodec,
    private readonly database: Database,
  ) {
    this.events = new PersonEvents(log, codec);
  }

  /** In the order of the log. Empty where the person wasn't known by then. */
  async of(candidateId: string, { at, position }: Moment): Promise<readonly StoredEvent[]> {
    const applicationIds = await applicationsOf(this.database, candidateId);
    const events = await this.events.of({ candidateId, applicationIds }, position);
    const known = events.filter((event) => at === undefined || event.occurredAt <= at);
    return known.some(({ type }) => type === 'candidate.added') ? known : [];
  }
}
