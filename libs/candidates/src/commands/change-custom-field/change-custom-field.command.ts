import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { CustomFieldChange } from '../../custom-fields/custom-fields-decider.js';
import type { Outcome } from '../outcome.js';

/** Another label or description, or more options. Refused with `custom-field-unknown`, `custom-field-retired` and for its options. */
export class ChangeCustomFieldCommand extends Command<Outcome> {
  constructor(
    readonly key: string,
    readonly change: CustomFieldChange,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
