import { EventCodec, EventLog, type RawEvent } from '#libs/event-store';
import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';
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
  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
    private readonly database: Database,
  ) {}

  /**
   * In the order of the log. Empty where the person wasn't known by then. What can't be read (an event that a newer program
   * wrote) is left out, as read models leave it out.
   */
  async of(candidateId: string, { at, position }: Moment): Promise<readonly StoredEvent[]> {
    const applications = await applicationsOf(this.database, candidateId);
    const streams = ['candidate', 'engagement'].map((category) => `${category}-${candidateId}`);
    const raws = await Promise.all(
      [...streams, ...applications.map((id) => `application-${id}`)].map((stream) => this.read(stream, position)),
    );
    const inOrder = raws.flat().sort((a, b) => comparePositions(a.position, b.position));
    const events = (await this.codec.decodeMany(inOrder)).flatMap((item) => (item.ok ? [item.event] : []));
    const known = events.filter((event) => at === undefined || event.occurredAt <= at);
    return known.some(({ type }) => type === 'candidate.added') ? known : [];
  }

  private async read(stream: string, upTo: LogPosition | undefined): Promise<RawEvent[]> {
    const events: RawEvent[] = [];
    for await (const event of this.log.readStream(stream)) {
      if (upTo !== undefined && comparePositions(event.position, upTo) > 0) break;
      events.push(event);
    }
    return events;
  }
}
