import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider } from '../../candidate/candidate-decider.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { Outcome } from '../outcome.js';
import { ChangeRelationshipCommand } from './change-relationship.command.js';

@CommandHandler(ChangeRelationshipCommand)
export class ChangeRelationshipHandler implements ICommandHandler<ChangeRelationshipCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ candidateId, change, meta }: ChangeRelationshipCommand): Promise<Outcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      command: { kind: 'change-relationship', change },
      meta,
    });
  }
}
