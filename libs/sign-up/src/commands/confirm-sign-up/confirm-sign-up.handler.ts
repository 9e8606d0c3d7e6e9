import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { signUpDecider } from '../../submission/sign-up-decider.js';
import type { Outcome } from '../outcome.js';
import { ConfirmSignUpCommand } from './confirm-sign-up.command.js';

@CommandHandler(ConfirmSignUpCommand)
export class ConfirmSignUpHandler implements ICommandHandler<ConfirmSignUpCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ signUpId, confirmed, meta }: ConfirmSignUpCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: signUpDecider,
      stream: { category: 'sign-up', id: signUpId },
      subjectId: confirmed.candidateId,
      command: { confirmed },
      meta,
    });
  }
}
