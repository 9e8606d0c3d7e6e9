import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { savedSearchDecider } from '../../saved-search/saved-search-decider.js';
import type { Outcome } from '../outcome.js';
import { ChangeSavedSearchCommand } from './change-saved-search.command.js';

@CommandHandler(ChangeSavedSearchCommand)
export class ChangeSavedSearchHandler implements ICommandHandler<ChangeSavedSearchCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ savedSearchId, changes, by, meta }: ChangeSavedSearchCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: savedSearchDecider,
      stream: { category: 'saved-search', id: savedSearchId },
      subjectId: savedSearchId,
      command: { kind: 'change', changes, by },
      meta,
    });
  }
}
