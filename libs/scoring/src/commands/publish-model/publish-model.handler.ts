import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { scoringModelsDecider } from '../../publication/scoring-models-decider.js';
import { scoringModelsStream, type Outcome } from '../outcome.js';
import { PublishModelCommand } from './publish-model.command.js';

@CommandHandler(PublishModelCommand)
export class PublishModelHandler implements ICommandHandler<PublishModelCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ model, meta }: PublishModelCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: scoringModelsDecider,
      stream: scoringModelsStream,
      command: { kind: 'publish', model },
      meta,
    });
  }
}
