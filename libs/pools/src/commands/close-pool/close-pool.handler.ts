import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { poolDecider } from '../../pool/pool-decider.js';
import type { Outcome } from '../outcome.js';
import { ClosePoolCommand } from './close-pool.command.js';

@CommandHandler(ClosePoolCommand)
export class ClosePoolHandler implements ICommandHandler<ClosePoolCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ poolId, reason, meta }: ClosePoolCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: poolDecider,
      stream: { category: 'pool', id: poolId },
      command: { kind: 'close', ...(reason === undefined ? {} : { reason }) },
      meta,
    });
  }
}
