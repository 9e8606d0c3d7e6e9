import type { CommandMeta, CommandOutcome } from '#libs/event-store';
import { MergeCandidatesCommand, KnownPeople, TellApartCommand, UndoMergeCommand } from '#libs/identity';
import { ProblemError } from '#libs/http';
import type { Refusal, Result } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import type { MergeDto, NotDuplicatesDto } from './identity.dto.js';

type Change = (meta: CommandMeta) => Promise<Result<CommandOutcome, Refusal>>;

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

  /**
   * Has a change made of what a person is shown with. Throws the 409 problem `candidate-merged`, with where the profile is now,
   * for an id that was merged away; but what was accepted before the merge is answered as it was.
   */
  async change(candidateId: string, meta: CommandMeta, execute: Change): Promise<Accepted> {
    const merged = await this.people.refuseMerged(candidateId);
    if (!merged) return accepted(candidateId, await execute(meta));
    // Where the profile is now matters more than which revision was seen of this one.
    const { ifMatch: _, ...unconditional } = meta;
    const outcome = await execute({ ...unconditional, refusal: merged });
    if (outcome.ok || outcome.error.code !== merged.code) return accepted(candidateId, outcome);
    throw new ProblemError(409, merged.code, {
      detail: merged.message,
      headers: { location: `/v1/candidates/${merged.survivorId}` },
    });
  }
}
