import type { RelationshipChange } from '#libs/candidates';
import { parseInstant } from '#libs/http';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/kernel';
import type { Accepted } from '../requests/accepted.js';
import type { Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import { RelationshipChanges } from './relationship-changes.js';
import type {
  AvailabilityDto,
  DoNotContactDto,
  GiveConsentDto,
  LanguagesDto,
  SilverMedallistDto,
  SnoozeDto,
  WithdrawConsentDto,
} from './relationship.dto.js';

/** As events have it: in UTC. */
const utc = (instant: string): string => parseInstant(instant)?.at.toISOString() ?? instant;

/** Requests about a relationship as commands; a refusal is thrown as its problem. */
@Injectable()
export class RelationshipCommands {
  constructor(
    private readonly changes: RelationshipChanges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  giveConsent(id: string, dto: GiveConsentDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { purposes, channels, expiresAt, occurredAt, ...terms } = plain(dto);
    const consents = purposes.flatMap((purpose) =>
      channels.map((channel) => ({
        ...terms,
        purpose,
        channel,
        ...(expiresAt === undefined ? {} : { expiresAt: utc(expiresAt) }),
      })),
    );
    return this.changes.make(id, { kind: 'give-consent', consents }, incoming, { ...given, occurredAt });
  }

  withdrawConsent(id: string, dto: WithdrawConsentDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { occurredAt, ...withdrawal } = plain(dto);
    return this.changes.make(id, { kind: 'withdraw-consent', withdrawal }, incoming, { ...given, occurredAt });
  }

  doNotContact(id: string, dto: DoNotContactDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { doNotContact, reason, note } = plain(dto);
    const noted = note === undefined ? {} : { note };
    const change: RelationshipChange =
      doNotContact && reason !== undefined
        ? { kind: 'set-do-not-contact', doNotContact: { reason, ...noted } }
        : { kind: 'lift-do-not-contact', ...noted };
    return this.changes.make(id, change, incoming, given);
  }

  snooze(id: string, dto: SnoozeDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { until, reason } = plain(dto);
    if (until === null) return this.changes.make(id, { kind: 'end-snooze' }, incoming, given);
    const snooze = { until: utc(until), ...(reason === undefined ? {} : { reason }) };
    return this.changes.make(id, { kind: 'snooze', snooze, at: this.clock.now().toISOString() }, incoming, given);
  }

  silverMedallist(id: string, dto: SilverMedallistDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { silverMedallist, ...mark } = plain(dto);
    const change: RelationshipChange = silverMedallist
      ? { kind: 'mark-silver-medallist', mark }
      : { kind: 'unmark-silver-medallist', ...(mark.note === undefined ? {} : { note: mark.note }) };
    return this.changes.make(id, change, incoming, given);
  }

  availability(id: string, dto: AvailabilityDto, incoming: Incoming, given: Given): Promise<Accepted> {
    return this.changes.make(id, { kind: 'state-availability', availability: plain(dto) }, incoming, given);
  }

  languages(id: string, dto: LanguagesDto, incoming: Incoming, given: Given): Promise<Accepted> {
    return this.changes.make(id, { kind: 'change-languages', languages: plain(dto).languages }, incoming, given);
  }
}
