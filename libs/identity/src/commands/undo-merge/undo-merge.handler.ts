import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityDecider } from '../../merges/identity-decider.js';
import { identityStream, type IdentityOutcome } from '../outcome.js';
import { UndoMergeCommand } from './undo-merge.command.js';

@CommandHandler(UndoMergeCommand)
export class UndoMergeHandler implements ICommandHandler<UndoMergeCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ mergeId, meta }: UndoMergeCommand): Promise<IdentityOutcome> {
    return this.runner.execute({
      decider: identityDecider,
      stream: identityStream,
      command: { kind: 'undo', mergeId },
      meta,
    });
  }
}
