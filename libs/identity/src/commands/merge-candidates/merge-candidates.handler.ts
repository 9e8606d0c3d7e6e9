import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityDecider } from '../../merges/identity-decider.js';
import { KnownCandidates } from '../known-candidates.js';
import { identityStream, type IdentityOutcome } from '../outcome.js';
import { MergeCandidatesCommand } from './merge-candidates.command.js';

@CommandHandler(MergeCandidatesCommand)
export class MergeCandidatesHandler implements ICommandHandler<MergeCandidatesCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly candidates: KnownCandidates,
  ) {}

  async execute({ merge, reason, meta }: MergeCandidatesCommand): Promise<IdentityOutcome> {
    const unknown = await this.candidates.refuse(merge.survivorId, merge.mergedId);
    if (unknown) return err(unknown);
    return this.runner.execute({
      decider: identityDecider,
      stream: identityStream,
      command: { kind: 'merge', merge, reason },
      meta,
    });
  }
}
