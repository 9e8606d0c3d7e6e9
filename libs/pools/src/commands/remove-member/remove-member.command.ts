import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Why } from '../../membership/membership-decider.js';
import type { Outcome } from '../outcome.js';

/** Of a closed pool too. Refused with `pool-unknown`, `segment-computed`. */
export class RemoveMemberCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly candidateId: string,
    readonly why: Why,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
