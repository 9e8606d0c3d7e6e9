import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { signUpFormDecider } from '../../form/sign-up-form-decider.js';
import type { Outcome } from '../outcome.js';
import { ChangeFormCommand } from './change-form.command.js';

@CommandHandler(ChangeFormCommand)
export class ChangeFormHandler implements ICommandHandler<ChangeFormCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ formId, changes, meta }: ChangeFormCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: signUpFormDecider,
      stream: { category: 'sign-up-form', id: formId },
      command: { kind: 'change', changes },
      meta,
    });
  }
}
