import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Classified } from '../../events/classification-events.js';
import type { Outcome } from '../outcome.js';

/** Verdicts on who did what happened with one person. */
export class ClassifyFactsCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly verdicts: readonly Classified[],
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
