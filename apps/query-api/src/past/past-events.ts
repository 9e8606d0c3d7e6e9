import { classificationEventDefinitions, PersonEvents } from '#libs/candidates';
import { EventCodec, EventLog } from '#libs/event-store';
import type { LogPosition, StoredEvent } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { applicationsOf, funnel } from '#projections/funnel';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';

/** What counts: what had happened by an instant, what had been recorded by a position, or what both hold of. */
export interface Moment {
  readonly at?: Date | undefined;
  readonly position?: LogPosition | undefined;
}

/** A verdict says who had done something, at all times: what counts is whether it had been recorded. */
const timeless = new Set<string>(classificationEventDefinitions.map(({ type }) => type));

/** Replays what is known of people up to a moment, from the log itself. */
@Injectable()
export class PastEvents {
  private readonly events: PersonEvents;

  constructor(
    log: EventLog,
    codec: EventCodec,
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {
    this.events = new PersonEvents(log, codec);
  }

  /**
   * For each of these ids in the order of the log; empty where it wasn't known by then. Which applications are whose, a read
   * model tells: `after` is what it has to have taken in.
   */
  async of(
    candidateIds: readonly string[],
    moment: Moment,
    after: string | undefined,
  ): Promise<readonly (readonly StoredEvent[])[]> {
    await this.freshness.reach(after, funnel.name);
    return Promise.all(candidateIds.map((id) => this.ofOne(id, moment)));
  }

  private async ofOne(candidateId: string, { at, position }: Moment): Promise<readonly StoredEvent[]> {
    const applicationIds = await applicationsOf(this.database, candidateId);
    const events = await this.events.of({ candidateId, applicationIds }, position);
    const known = events.filter(({ type, occurredAt }) => at === undefined || occurredAt <= at || timeless.has(type));
    return known.some(({ type }) => type === 'candidate.added') ? known : [];
  }
}
