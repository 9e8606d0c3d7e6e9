import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { ApplicationMove } from '../../application/application-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `application-unknown`, `application-closed`, `occurred-in-future`. */
export class MoveApplicationCommand extends Command<Outcome> {
  constructor(
    readonly applicationId: string,
    readonly move: ApplicationMove,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
