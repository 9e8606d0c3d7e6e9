import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { SubmittedApplication } from '../../application/application-decider.js';
import type { Outcome } from '../outcome.js';

/** Refused with `candidate-unknown`, `application-exists`, `occurred-in-future`. */
export class SubmitApplicationCommand extends Command<Outcome> {
  constructor(
    readonly applicationId: string,
    readonly application: SubmittedApplication,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
