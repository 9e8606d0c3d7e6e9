import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { poolDecider } from '../../pool/pool-decider.js';
import { refuseCriteria } from '../checked-criteria.js';
import type { Outcome } from '../outcome.js';
import { ChangePoolCommand } from './change-pool.command.js';

@CommandHandler(ChangePoolCommand)
export class ChangePoolHandler implements ICommandHandler<ChangePoolCommand> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ poolId, update, meta }: ChangePoolCommand): Promise<Outcome> {
    const wrong = refuseCriteria(update.criteria);
    if (wrong) return err(wrong);
    return this.runner.execute({
      decider: poolDecider,
      stream: { category: 'pool', id: poolId },
      command: { kind: 'change', update },
      meta,
    });
  }
}
