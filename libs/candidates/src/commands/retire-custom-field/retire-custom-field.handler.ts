import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { customFieldsDecider } from '../../custom-fields/custom-fields-decider.js';
import { customFieldsStream } from '../declared-custom-fields.js';
import type { Outcome } from '../outcome.js';
import { RetireCustomFieldCommand } from './retire-custom-field.command.js';

@CommandHandler(RetireCustomFieldCommand)
export class RetireCustomFieldHandler implements ICommandHandler<RetireCustomFieldCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ key, meta }: RetireCustomFieldCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: customFieldsDecider,
      stream: customFieldsStream,
      command: { kind: 'retire', key },
      meta,
    });
  }
}
