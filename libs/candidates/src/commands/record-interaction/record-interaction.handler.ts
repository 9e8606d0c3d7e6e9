import { CommandRunner } from '#libs/event-store';
import { err, ok } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { engagementDecider } from '../../engagement/engagement-decider.js';
import { interactionEvent } from '../../interactions/interaction-kinds.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { AddressedOutcome } from '../outcome.js';
import { AddresseeFinder, recipientOf } from './addressee-finder.js';
import { RecordInteractionCommand } from './record-interaction.command.js';

@CommandHandler(RecordInteractionCommand)
export class RecordInteractionHandler implements ICommandHandler<RecordInteractionCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly addressees: AddresseeFinder,
    private readonly digests: Digests,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ report, meta }: RecordInteractionCommand): Promise<AddressedOutcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    const addressed = await this.addressees.find(report);
    if (!addressed.ok) return addressed;
    const candidateId = addressed.value;
    await this.addressees.rememberSending(candidateId, report);
    const { interaction, fact } = report;
    const outcome = await this.runner.execute({
      decider: engagementDecider,
      stream: { category: 'engagement', id: candidateId },
      subjectId: candidateId,
      command: { event: interactionEvent(interaction) },
      meta,
      ...(fact === undefined
        ? {}
        : { factKey: this.digests.digest('fact', fact.provider, fact.eventId, recipientOf(report)) }),
    });
    return outcome.ok ? ok({ ...outcome.value, candidateId }) : outcome;
  }
}
