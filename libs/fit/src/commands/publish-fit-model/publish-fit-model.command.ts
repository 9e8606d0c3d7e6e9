import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { FitModel } from '../../model/fit-model.js';
import type { Outcome } from '../outcome.js';

/** A model that was parsed. Refused with `model-published`, `version-too-low` and `too-many-models`. */
export class PublishFitModelCommand extends Command<Outcome> {
  constructor(
    readonly model: FitModel,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
