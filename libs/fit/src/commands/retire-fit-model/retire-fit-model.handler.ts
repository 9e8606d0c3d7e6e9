import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { fitModelsDecider } from '../../publication/fit-models-decider.js';
import { fitModelsStream, type Outcome } from '../outcome.js';
import { RetireFitModelCommand } from './retire-fit-model.command.js';

@CommandHandler(RetireFitModelCommand)
export class RetireFitModelHandler implements ICommandHandler<RetireFitModelCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ name, version, meta }: RetireFitModelCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: fitModelsDecider,
      stream: fitModelsStream,
      command: { kind: 'retire', name, version },
      meta,
    });
  }
}
