import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { HygienePlanChanges } from '../../events/plan-events.js';
import type { Outcome } from '../outcome.js';

/** As a merge patch. Refused with `hygiene-plan-unknown`, `hygiene-plan-retired`, `schedule-invalid`. */
export class ChangePlanCommand extends Command<Outcome> {
  constructor(
    readonly planId: string,
    readonly changes: HygienePlanChanges,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
