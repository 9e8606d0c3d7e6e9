import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { ScoringModel } from '../../model.js';
import type { Outcome } from '../outcome.js';

/** A model that was parsed. Refused with `version-reserved`, `model-published` and `too-many-models`. */
export class PublishModelCommand extends Command<Outcome> {
  constructor(
    readonly model: ScoringModel,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
