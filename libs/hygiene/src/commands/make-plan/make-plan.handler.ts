import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { planDecider } from '../../plan/plan-decider.js';
import { planStream, type Outcome } from '../outcome.js';
import { MakePlanCommand } from './make-plan.command.js';

@CommandHandler(MakePlanCommand)
export class MakePlanHandler implements ICommandHandler<MakePlanCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ planId, plan, meta }: MakePlanCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: planDecider,
      stream: planStream(planId),
      command: { kind: 'make', plan },
      meta,
    });
  }
}
