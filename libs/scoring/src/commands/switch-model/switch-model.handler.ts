import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scoringModelsDecider } from '../../publication/scoring-models-decider.js';
import { scoringModelsStream, type Outcome } from '../outcome.js';
import { SwitchModelCommand } from './switch-model.command.js';

@CommandHandler(SwitchModelCommand)
export class SwitchModelHandler implements ICommandHandler<SwitchModelCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ version, meta }: SwitchModelCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: scoringModelsDecider,
      stream: scoringModelsStream,
      command: { kind: 'make-live', version },
      meta,
    });
  }
}
