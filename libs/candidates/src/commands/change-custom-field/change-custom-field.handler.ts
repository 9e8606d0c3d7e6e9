import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { customFieldsDecider } from '../../custom-fields/custom-fields-decider.js';
import { customFieldsStream } from '../declared-custom-fields.js';
import type { Outcome } from '../outcome.js';
import { ChangeCustomFieldCommand } from './change-custom-field.command.js';

@CommandHandler(ChangeCustomFieldCommand)
export class ChangeCustomFieldHandler implements ICommandHandler<ChangeCustomFieldCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ key, change, meta }: ChangeCustomFieldCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: customFieldsDecider,
      stream: customFieldsStream,
      command: { kind: 'change', key, change },
      meta,
    });
  }
}
