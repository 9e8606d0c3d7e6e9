import { ChangeRelationshipCommand, type RelationshipChange } from '#libs/candidates';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';

/** Changes of a relationship as commands; a refusal is thrown as its problem. */
@Injectable()
export class RelationshipChanges {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async make(id: string, change: RelationshipChange, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new ChangeRelationshipCommand(id, change, this.metas.metaOf(incoming, given));
    return accepted(id, await this.commands.execute(command));
  }
}
