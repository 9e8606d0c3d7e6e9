import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { signUpFormDecider } from '../../form/sign-up-form-decider.js';
import type { Outcome } from '../outcome.js';
import { DefineFormCommand } from './define-form.command.js';

@CommandHandler(DefineFormCommand)
export class DefineFormHandler implements ICommandHandler<DefineFormCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ formId, form, meta }: DefineFormCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: signUpFormDecider,
      stream: { category: 'sign-up-form', id: formId },
      likelyNew: true,
      command: { kind: 'define', form },
      meta,
    });
  }
}
