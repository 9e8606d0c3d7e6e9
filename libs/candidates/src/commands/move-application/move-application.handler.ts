import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { applicationDecider } from '../../application/application-decider.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { Outcome } from '../outcome.js';
import { MoveApplicationCommand } from './move-application.command.js';

@CommandHandler(MoveApplicationCommand)
export class MoveApplicationHandler implements ICommandHandler<MoveApplicationCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ applicationId, move, meta }: MoveApplicationCommand): Promise<Outcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    return this.runner.execute({
      decider: applicationDecider,
      stream: { category: 'application', id: applicationId },
      subjectId: (application) => (application.kind === 'submitted' ? application.candidateId : undefined),
      command: { kind: 'move', move },
      meta,
    });
  }
}
