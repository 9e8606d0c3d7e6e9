import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Why } from '../../membership/membership-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `pool-unknown`, `pool-closed`, `segment-computed`, `stage-unknown`, `candidate-unknown`. */
export class AddMemberCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly candidateId: string,
    readonly stage: string | undefined,
    readonly why: Why,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
