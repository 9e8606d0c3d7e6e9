import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider } from '../../candidate/candidate-decider.js';
import type { Outcome } from '../outcome.js';
import { AssignOwnerCommand } from './assign-owner.command.js';

@CommandHandler(AssignOwnerCommand)
export class AssignOwnerHandler implements ICommandHandler<AssignOwnerCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ candidateId, ownership, meta }: AssignOwnerCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      command: { kind: 'assign-owner', ownership },
      meta,
    });
  }
}
