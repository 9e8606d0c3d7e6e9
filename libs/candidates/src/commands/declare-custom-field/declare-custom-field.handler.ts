import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { customFieldsDecider } from '../../custom-fields/custom-fields-decider.js';
import { customFieldsStream } from '../declared-custom-fields.js';
import type { Outcome } from '../outcome.js';
import { DeclareCustomFieldCommand } from './declare-custom-field.command.js';

@CommandHandler(DeclareCustomFieldCommand)
export class DeclareCustomFieldHandler implements ICommandHandler<DeclareCustomFieldCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ field, meta }: DeclareCustomFieldCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: customFieldsDecider,
      stream: customFieldsStream,
      command: { kind: 'declare', field },
      meta,
    });
  }
}
