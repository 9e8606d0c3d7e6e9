import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { poolDecider } from '../../pool/pool-decider.js';
import { refuseCriteria } from '../checked-criteria.js';
import type { Outcome } from '../outcome.js';
import { OpenPoolCommand } from './open-pool.command.js';

@CommandHandler(OpenPoolCommand)
export class OpenPoolHandler implements ICommandHandler<OpenPoolCommand> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ poolId, pool, meta }: OpenPoolCommand): Promise<Outcome> {
    const wrong = refuseCriteria(pool.criteria);
    if (wrong) return err(wrong);
    return this.runner.execute({
      decider: poolDecider,
      stream: { category: 'pool', id: poolId },
      likelyNew: true,
      command: { kind: 'open', pool },
      meta,
    });
  }
}
