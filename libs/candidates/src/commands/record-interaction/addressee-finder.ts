import { CommandRunner } from '#libs/event-store';
import { err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { ContactIndex } from '#libs/privacy';
import { Injectable } from '@nestjs/common';
import { normaliseContact } from '../../contact-points/normalise.js';
import type { ReportedInteraction } from '../../interactions/interaction-kinds.js';
import { CandidateContacts } from '../candidate-contacts.js';
import { PersonIds } from '../person-ids.js';
import { engagementDecider } from '../../engagement/engagement-decider.js';
import type { Addressee, InteractionReport } from './record-interaction.command.js';

const unknown = refusal('not-found', 'candidate-unknown', 'There is no candidate with this id or address.');
const ambiguous = refusal(
  'conflict',
  'candidate-ambiguous',
  'Several candidates share this address. Name the candidate by id.',
);

const messageIdOf = ({ data }: ReportedInteraction): string | undefined =>
  typeof data['messageId'] === 'string' ? data['messageId'] : undefined;

/** The address as it's compared, or the candidate's id where there's none. */
export const recipientOf = (addressee: Addressee): string =>
  'recipient' in addressee
    ? normaliseContact(addressee.recipient.kind, addressee.recipient.value)
    : addressee.candidateId;

/** One message may go to many people; what's known of it is known for each of its recipients. */
const toRecipient = (messageId: string, recipient: string): string => JSON.stringify([messageId, recipient]);

/**
 * Finds the candidate whom an interaction is about. A message's later events go to the one whom its sending was
 * recorded for, also when the address is somebody else's by then. Of a person with several ids, it's the one that had the
 * address first.
 */
@Injectable()
export class AddresseeFinder {
  constructor(
    private readonly runner: CommandRunner,
    private readonly index: ContactIndex,
    private readonly contacts: CandidateContacts,
    private readonly people: PersonIds,
  ) {}

  /** Refused with `candidate-unknown` or `candidate-ambiguous`. */
  async find(report: InteractionReport): Promise<Result<string, Refusal>> {
    if ('candidateId' in report) {
      return (await this.isKnown(report.candidateId)) ? ok(report.candidateId) : err(unknown);
    }
    const recipient = recipientOf(report);
    const recipients = await this.sentTo(report.interaction, recipient);
    const [sole, ...rest] = recipients;
    if (sole !== undefined && rest.length === 0) return ok(sole);
    const found = await this.contacts.find(report.recipient.kind, recipient);
    // Of people who share an address, it's the one who got the message.
    const got = found.filter((id) => recipients.includes(id));
    const [oldest, ...others] = got.length > 0 ? got : found;
    if (oldest === undefined) return err(unknown);
    // Not the id that the person goes by: what came while nobody shared the address lies here, and is known if it comes again.
    return (await this.areOnePerson(oldest, others)) ? ok(oldest) : err(ambiguous);
  }

  /** Before the append of `email.sent`. */
  async rememberSending(candidateId: string, report: InteractionReport): Promise<void> {
    const { interaction } = report;
    const messageId = messageIdOf(interaction);
    if (interaction.type !== 'email.sent' || messageId === undefined) return;
    // Recorded for an id, the sending doesn't say to which address; then the message itself has to do.
    const value = 'recipient' in report ? toRecipient(messageId, recipientOf(report)) : messageId;
    await this.index.add(candidateId, [{ kind: 'message', value }]);
  }

  private async areOnePerson(id: string, others: readonly string[]): Promise<boolean> {
    if (others.length === 0) return true;
    const ids = await this.people.idsOf(id);
    return others.every((other) => ids.includes(other));
  }

  /** Nothing is recorded for somebody who isn't there, so with whom anything happened is there. */
  private async isKnown(candidateId: string): Promise<boolean> {
    const happened = { category: 'engagement', id: candidateId };
    if (await this.runner.hasBegun(engagementDecider, happened)) return true;
    return this.runner.exists({ category: 'candidate', id: candidateId });
  }

  /** Whom the sending of an interaction's message was recorded for: exactly, or else everybody who got it. */
  private async sentTo(interaction: ReportedInteraction, recipient: string): Promise<readonly string[]> {
    const messageId = messageIdOf(interaction);
    if (messageId === undefined || interaction.type === 'email.sent') return [];
    const [exactly = [], anybody = []] = await this.index.findMany([
      { kind: 'message', value: toRecipient(messageId, recipient) },
      { kind: 'message', value: messageId },
    ]);
    return exactly.length > 0 ? exactly : anybody;
  }
}
