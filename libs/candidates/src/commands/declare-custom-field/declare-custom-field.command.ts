import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { CustomFieldDeclared } from '../../events/index.js';
import type { Outcome } from '../outcome.js';

/** Refused with `custom-field-exists`, `too-many-custom-fields`, `custom-field-personal` and for its options. */
export class DeclareCustomFieldCommand extends Command<Outcome> {
  constructor(
    readonly field: CustomFieldDeclared,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
