import { ChangeRelationshipCommand, type RelationshipChange } from '#libs/candidates';
import type { CommandMeta, CommandOutcome } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { ok, type Refusal, type Result } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { readableAt } from '../requests/outcomes.js';

/** What stands under any id of a person stands for the person, so it ends only where it ends under all of them. */
const endsEverywhere = ({ kind }: RelationshipChange): boolean =>
  kind === 'lift-do-not-contact' || kind === 'end-snooze';

/** Changes of a relationship as commands; a refusal is thrown as its problem. */
@Injectable()
export class RelationshipChanges {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
    private readonly people: KnownPeople,
  ) {}

  async make(id: string, change: RelationshipChange, incoming: Incoming, given: Given): Promise<Accepted> {
    const meta = this.metas.metaOf(incoming, given);
    const named = await this.ask(id, change, meta);
    return accepted(
      id,
      named.ok && endsEverywhere(change) ? await this.alsoOfOthers(id, change, meta, named.value) : named,
    );
  }

  /**
   * Asks the same of the person's other ids, one after the other; If-Match is about the one that was named. A request that ends in
   * the middle may be sent again: what was done isn't done twice.
   * @returns the outcome for the id that was named, with the position at which all of it can be read
   */
  private async alsoOfOthers(
    id: string,
    change: RelationshipChange,
    meta: CommandMeta,
    named: CommandOutcome,
  ): Promise<Result<CommandOutcome, Refusal>> {
    const { ifMatch: _, ...unconditional } = meta;
    const others: CommandOutcome[] = [];
    for (const other of (await this.people.idsOf(id)).filter((each) => each !== id)) {
      const answer = await this.ask(other, change, this.metas.metaFor(other, unconditional));
      if (!answer.ok) return answer;
      others.push(answer.value);
    }
    return ok({ ...named, position: readableAt(named, ...others) });
  }

  private ask(id: string, change: RelationshipChange, meta: CommandMeta): Promise<Result<CommandOutcome, Refusal>> {
    return this.commands.execute(new ChangeRelationshipCommand(id, change, meta));
  }
}
