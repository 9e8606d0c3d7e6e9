import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { membershipDecider } from '../../membership/membership-decider.js';
import { membershipId } from '../../membership/membership-id.js';
import { admission } from '../../pool/admission.js';
import { poolUnknown } from '../../pool/pool-decider.js';
import { KnownPools } from '../known-pools.js';
import type { Outcome } from '../outcome.js';
import { MoveMemberCommand } from './move-member.command.js';

@CommandHandler(MoveMemberCommand)
export class MoveMemberHandler implements ICommandHandler<MoveMemberCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: KnownPools,
  ) {}

  async execute({ poolId, candidateId, stage, why, meta }: MoveMemberCommand): Promise<Outcome> {
    const pool = await this.pools.find(poolId);
    if (!pool) return err(poolUnknown);
    const admitted = admission(pool, stage);
    return this.runner.execute({
      decider: membershipDecider,
      stream: { category: 'membership', id: membershipId(poolId, candidateId) },
      subjectId: candidateId,
      command: { kind: 'move', poolId, candidateId, stage, why },
      meta: admitted.ok ? meta : { ...meta, refusal: admitted.error },
    });
  }
}
