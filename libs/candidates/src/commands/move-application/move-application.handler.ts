import { CommandRunner } from '#libs/event-store';
import { err, refusal } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { applicationDecider } from '../../application/application-decider.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { Outcome } from '../outcome.js';
import { MoveApplicationCommand } from './move-application.command.js';

const applicationUnknown = refusal('not-found', 'application-unknown', 'There is no application with this id.');

@CommandHandler(MoveApplicationCommand)
export class MoveApplicationHandler implements ICommandHandler<MoveApplicationCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ applicationId, move, meta }: MoveApplicationCommand): Promise<Outcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    const stream = { category: 'application', id: applicationId };
    // Whose keys seal its notes is known from its first event, and never changes.
    const application = await this.runner.load(applicationDecider, stream);
    if (application?.state.kind !== 'submitted') return err(applicationUnknown);
    return this.runner.execute({
      decider: applicationDecider,
      stream,
      subjectId: application.state.candidateId,
      command: { kind: 'move', move },
      meta,
    });
  }
}
