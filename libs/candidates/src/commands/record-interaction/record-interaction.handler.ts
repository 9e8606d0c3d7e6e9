import { CommandRunner } from '#libs/event-store';
import { err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { normaliseContact } from '../../contact-points/normalise.js';
import { engagementDecider } from '../../engagement/engagement-decider.js';
import { interactionEvent } from '../../interactions/interaction-kinds.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { AddressedOutcome } from '../outcome.js';
import { RecordInteractionCommand } from './record-interaction.command.js';

const unknown = refusal('not-found', 'candidate-unknown', 'There is no candidate with this id or address.');
const ambiguous = refusal(
  'conflict',
  'candidate-ambiguous',
  'Several candidates share this address. Name the candidate by id.',
);

@CommandHandler(RecordInteractionCommand)
export class RecordInteractionHandler implements ICommandHandler<RecordInteractionCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly contacts: ContactIndex,
    private readonly digests: Digests,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ interaction: reported, meta }: RecordInteractionCommand): Promise<AddressedOutcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    const { interaction, fact } = reported;
    const messageId = typeof interaction.data['messageId'] === 'string' ? interaction.data['messageId'] : undefined;
    const addressed = await this.address(reported, messageId);
    if (!addressed.ok) return addressed;
    const candidateId = addressed.value;
    // Its later events go to the candidate whom it was sent to, also when their address has changed by then.
    if (interaction.type === 'email.sent' && messageId !== undefined) {
      await this.contacts.add(candidateId, [{ kind: 'message', value: messageId }]);
    }
    const recipient =
      'recipient' in reported ? normaliseContact(reported.recipient.kind, reported.recipient.value) : candidateId;
    const outcome = await this.runner.execute({
      decider: engagementDecider,
      stream: { category: 'engagement', id: candidateId },
      subjectId: candidateId,
      command: { event: interactionEvent(interaction) },
      meta,
      ...(fact === undefined ? {} : { factKey: this.digests.digest('fact', fact.provider, fact.eventId, recipient) }),
    });
    return outcome.ok ? ok({ ...outcome.value, candidateId }) : outcome;
  }

  private async address(
    reported: RecordInteractionCommand['interaction'],
    messageId: string | undefined,
  ): Promise<Result<string, Refusal>> {
    if ('candidateId' in reported) {
      const known = await this.runner.exists({ category: 'candidate', id: reported.candidateId });
      return known ? ok(reported.candidateId) : err(unknown);
    }
    const { kind, value } = reported.recipient;
    const [sentTo, addressees] = await Promise.all([
      messageId === undefined || reported.interaction.type === 'email.sent'
        ? []
        : this.contacts.find('message', messageId),
      this.contacts.find(kind, normaliseContact(kind, value)),
    ]);
    // A message that went to several people is told apart by the address.
    const [only, ...others] = sentTo.length === 1 ? sentTo : await this.existing(addressees);
    if (only === undefined) return err(unknown);
    return others.length > 0 ? err(ambiguous) : ok(only);
  }

  /** The index may name people who were never added: it's written before the log. */
  private async existing(ids: readonly string[]): Promise<string[]> {
    const known = await Promise.all(ids.map((id) => this.runner.exists({ category: 'candidate', id })));
    return ids.filter((_, i) => known[i]);
  }
}
