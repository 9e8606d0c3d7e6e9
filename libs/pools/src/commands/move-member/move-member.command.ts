import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Why } from '../../membership/membership-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `pool-unknown`, `pool-closed`, `segment-computed`, `stage-unknown`, `not-a-member`. */
export class MoveMemberCommand extends Command<Outcome> {
  constructor(
    readonly poolId: string,
    readonly candidateId: string,
    readonly stage: string,
    readonly why: Why,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
