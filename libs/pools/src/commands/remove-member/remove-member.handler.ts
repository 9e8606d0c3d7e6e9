import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { membershipDecider } from '../../membership/membership-decider.js';
import { membershipId } from '../../membership/membership-id.js';
import { segmentComputed } from '../../pool/admission.js';
import { poolUnknown } from '../../pool/pool-decider.js';
import { KnownPools } from '../known-pools.js';
import type { Outcome } from '../outcome.js';
import { RemoveMemberCommand } from './remove-member.command.js';

@CommandHandler(RemoveMemberCommand)
export class RemoveMemberHandler implements ICommandHandler<RemoveMemberCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: KnownPools,
  ) {}

  async execute({ poolId, candidateId, why, meta }: RemoveMemberCommand): Promise<Outcome> {
    const pool = await this.pools.find(poolId);
    if (!pool) return err(poolUnknown);
    if (pool.kind === 'segment') return err(segmentComputed);
    return this.runner.execute({
      decider: membershipDecider,
      stream: { category: 'membership', id: membershipId(poolId, candidateId) },
      subjectId: candidateId,
      command: { kind: 'remove', poolId, candidateId, why },
      meta,
    });
  }
}
