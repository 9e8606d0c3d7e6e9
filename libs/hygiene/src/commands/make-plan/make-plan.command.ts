import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { HygienePlan } from '../../events/plan-events.js';
import type { Outcome } from '../outcome.js';

/** Refused with `hygiene-plan-exists`, `schedule-invalid`. */
export class MakePlanCommand extends Command<Outcome> {
  constructor(
    readonly planId: string,
    readonly plan: HygienePlan,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
