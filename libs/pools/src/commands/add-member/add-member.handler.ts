import { CommandRunner } from '#libs/event-store';
import { err, refusal } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { membershipDecider } from '../../membership/membership-decider.js';
import { membershipId } from '../../membership/membership-id.js';
import { admission } from '../../pool/admission.js';
import { poolUnknown } from '../../pool/pool-decider.js';
import { KnownPools } from '../known-pools.js';
import type { Outcome } from '../outcome.js';
import { AddMemberCommand } from './add-member.command.js';

const candidateUnknown = refusal(
  'not-found',
  'candidate-unknown',
  'There is no candidate with this id.',
  '/candidateId',
);

@CommandHandler(AddMemberCommand)
export class AddMemberHandler implements ICommandHandler<AddMemberCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: KnownPools,
  ) {}

  async execute({ poolId, candidateId, stage, why, meta }: AddMemberCommand): Promise<Outcome> {
    const pool = await this.pools.find(poolId);
    if (!pool) return err(poolUnknown);
    const admitted = admission(pool, stage);
    if (!(await this.runner.exists({ category: 'candidate', id: candidateId }))) return err(candidateUnknown);
    const begins = admitted.ok && admitted.value !== undefined ? { stage: admitted.value } : {};
    return this.runner.execute({
      decider: membershipDecider,
      stream: { category: 'membership', id: membershipId(poolId, candidateId) },
      subjectId: candidateId,
      likelyNew: admitted.ok,
      command: { kind: 'add', poolId, candidateId, why, ...begins },
      meta: admitted.ok ? meta : { ...meta, refusal: admitted.error },
    });
  }
}
