import type { EventCodec, EventLog, RawEvent } from '#libs/event-store';
import { comparePositions, type LogPosition, type StoredEvent } from '#libs/kernel';

/** Where what's known of one person lies in the log. */
export interface PersonStreams {
  readonly candidateId: string;
  readonly applicationIds: readonly string[];
}

/** Reads what happened with one person from the log itself. */
export class PersonEvents {
  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly codec: Pick<EventCodec, 'decodeMany'>,
  ) {}

  /**
   * In the order of the log, up to a position if one is given. What can't be read (an event that a newer program wrote) is left out,
   * as read models leave it out.
   */
  of({ candidateId, applicationIds }: PersonStreams, upTo?: LogPosition): Promise<readonly StoredEvent[]> {
    return this.in(
      [
        ...['candidate', 'engagement'].map((category) => `${category}-${candidateId}`),
        ...applicationIds.map((id) => `application-${id}`),
      ],
      upTo,
    );
  }

  /** The same of any streams, such as those of memberships in pools. */
  async in(streams: readonly string[], upTo?: LogPosition): Promise<readonly StoredEvent[]> {
    const raws = await Promise.all(streams.map((stream) => this.read(stream, upTo)));
    const inOrder = raws.flat().sort((a, b) => comparePositions(a.position, b.position));
    return (await this.codec.decodeMany(inOrder)).flatMap((item) => (item.ok ? [item.event] : []));
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
