import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { planDecider } from '../../plan/plan-decider.js';
import { planStream, type Outcome } from '../outcome.js';
import { ChangePlanCommand } from './change-plan.command.js';

@CommandHandler(ChangePlanCommand)
export class ChangePlanHandler implements ICommandHandler<ChangePlanCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ planId, changes, meta }: ChangePlanCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: planDecider,
      stream: planStream(planId),
      command: { kind: 'change', changes },
      meta,
    });
  }
}
