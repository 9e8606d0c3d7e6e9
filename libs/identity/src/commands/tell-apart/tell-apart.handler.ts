import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityDecider } from '../../merges/identity-decider.js';
import { KnownCandidates } from '../known-candidates.js';
import { identityStream, type IdentityOutcome } from '../outcome.js';
import { TellApartCommand } from './tell-apart.command.js';

@CommandHandler(TellApartCommand)
export class TellApartHandler implements ICommandHandler<TellApartCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly candidates: KnownCandidates,
  ) {}

  async execute({ ids, bits, meta }: TellApartCommand): Promise<IdentityOutcome> {
    const unknown = await this.candidates.refuse(...ids);
    if (unknown) return err(unknown);
    return this.runner.execute({
      decider: identityDecider,
      stream: identityStream,
      command: { kind: 'tell-apart', ids, bits },
      meta,
    });
  }
}
