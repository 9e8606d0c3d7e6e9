import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { RelationshipChange } from '../../relationship/relationship-decisions.js';
import type { Outcome } from '../outcome.js';

/** Consent, do-not-contact, snooze, availability, languages, work history, education, attachments, notes, silver medallists. */
export class ChangeRelationshipCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly change: RelationshipChange,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
