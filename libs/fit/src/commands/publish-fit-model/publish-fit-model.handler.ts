import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { fitModelsDecider } from '../../publication/fit-models-decider.js';
import { fitModelsStream, type Outcome } from '../outcome.js';
import { PublishFitModelCommand } from './publish-fit-model.command.js';

@CommandHandler(PublishFitModelCommand)
export class PublishFitModelHandler implements ICommandHandler<PublishFitModelCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ model, meta }: PublishFitModelCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: fitModelsDecider,
      stream: fitModelsStream,
      command: { kind: 'publish', model },
      meta,
    });
  }
}
