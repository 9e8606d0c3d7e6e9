import { MergeCandidatesCommand, KnownPeople, TellApartCommand, UndoMergeCommand } from '#libs/identity';
import { ProblemError } from '#libs/http';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import type { MergeDto, NotDuplicatesDto } from './identity.dto.js';

/** Requests about who is whom as commands; a refusal is thrown as its problem. */
@Injectable()
export class IdentityCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
    private readonly people: KnownPeople,
  ) {}

  async merge(candidateId: string, { otherId, reason }: MergeDto, incoming: Incoming): Promise<Accepted> {
    const mergeId = this.metas.idFor('merge', incoming);
    const merge = { mergeId, survivorId: candidateId, mergedId: otherId.toLowerCase() };
    const command = new MergeCandidatesCommand(merge, reason, this.metas.metaOf(incoming));
    return accepted(mergeId, await this.commands.execute(command));
  }

  async undo(mergeId: string, incoming: Incoming): Promise<Accepted> {
    const command = new UndoMergeCommand(mergeId, this.metas.metaOf(incoming));
    return accepted(mergeId, await this.commands.execute(command));
  }

  async tellApart(candidateId: string, { otherId, bits }: NotDuplicatesDto, incoming: Incoming): Promise<Accepted> {
    const ids = [candidateId, otherId.toLowerCase()] as const;
    const command = new TellApartCommand(ids, bits, this.metas.metaOf(incoming));
    return accepted(candidateId, await this.commands.execute(command));
  }

  /** Throws the 409 problem `candidate-merged`, with where the profile is now. */
  async assertNotMergedAway(candidateId: string): Promise<void> {
    const refused = await this.people.refuseMerged(candidateId);
    if (!refused) return;
    throw new ProblemError(409, refused.code, {
      detail: refused.message,
      headers: { location: `/v1/candidates/${refused.survivorId}` },
    });
  }
}
