import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { IdentityOutcome } from '../outcome.js';

/** `bits`: how likely the two looked one person to whoever decided. Refused with `candidate-unknown`, `same-candidate`, `already-one-person`. */
export class TellApartCommand extends Command<IdentityOutcome> {
  constructor(
    readonly ids: readonly [string, string],
    readonly bits: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
