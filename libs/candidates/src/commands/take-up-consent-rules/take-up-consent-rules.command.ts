import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { Outcome } from '../outcome.js';

/** Records that this release reads consents by other rules than those before it, if it does and nobody has. */
export class TakeUpConsentRulesCommand extends Command<Outcome> {
  /** @param version of the rules: `CONSENT_RULES` */
  constructor(
    readonly version: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
