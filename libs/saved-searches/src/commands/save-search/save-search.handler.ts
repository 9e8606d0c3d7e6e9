import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { savedSearchDecider } from '../../saved-search/saved-search-decider.js';
import type { Outcome } from '../outcome.js';
import { SaveSearchCommand } from './save-search.command.js';

@CommandHandler(SaveSearchCommand)
export class SaveSearchHandler implements ICommandHandler<SaveSearchCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ savedSearchId, saved, meta }: SaveSearchCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: savedSearchDecider,
      stream: { category: 'saved-search', id: savedSearchId },
      subjectId: savedSearchId,
      likelyNew: true,
      command: { kind: 'save', saved },
      meta,
    });
  }
}
