import { CommandRunner } from '#libs/event-store';
import { privacyGroups } from '#libs/kernel';
import { KeyVault } from '#libs/privacy';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { savedSearchDecider } from '../../saved-search/saved-search-decider.js';
import type { Outcome } from '../outcome.js';
import { RemoveSavedSearchCommand } from './remove-saved-search.command.js';

/** With a saved search go its keys, and with them what was typed in it: in the log too, and in backups of it. */
@CommandHandler(RemoveSavedSearchCommand)
export class RemoveSavedSearchHandler implements ICommandHandler<RemoveSavedSearchCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly keys: KeyVault,
  ) {}

  async execute({ savedSearchId, by, meta }: RemoveSavedSearchCommand): Promise<Outcome> {
    const outcome = await this.runner.execute({
      decider: savedSearchDecider,
      stream: { category: 'saved-search', id: savedSearchId },
      subjectId: savedSearchId,
      command: { kind: 'remove', by },
      meta,
    });
    // Where this fails the caller is told so, and removing it once more, which changes nothing else, does it.
    if (outcome.ok) await this.keys.destroy(savedSearchId, privacyGroups);
    return outcome;
  }
}
