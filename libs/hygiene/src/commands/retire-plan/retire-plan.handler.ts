import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { planDecider } from '../../plan/plan-decider.js';
import { planStream, type Outcome } from '../outcome.js';
import { RetirePlanCommand } from './retire-plan.command.js';

@CommandHandler(RetirePlanCommand)
export class RetirePlanHandler implements ICommandHandler<RetirePlanCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ planId, meta }: RetirePlanCommand): Promise<Outcome> {
    return this.runner.execute({ decider: planDecider, stream: planStream(planId), command: { kind: 'retire' }, meta });
  }
}
