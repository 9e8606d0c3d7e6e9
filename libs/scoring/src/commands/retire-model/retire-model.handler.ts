import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scoringModelsDecider } from '../../publication/scoring-models-decider.js';
import { scoringModelsStream, type Outcome } from '../outcome.js';
import { RetireModelCommand } from './retire-model.command.js';

@CommandHandler(RetireModelCommand)
export class RetireModelHandler implements ICommandHandler<RetireModelCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ version, meta }: RetireModelCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: scoringModelsDecider,
      stream: scoringModelsStream,
      command: { kind: 'retire', version },
      meta,
    });
  }
}
