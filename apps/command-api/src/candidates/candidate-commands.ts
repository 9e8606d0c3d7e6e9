import { AddCandidateCommand, AssignOwnerCommand, TagCandidateCommand, UpdateCandidateCommand } from '#libs/candidates';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import { IdentityCommands } from '../identity/identity-commands.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { AddCandidateDto } from './add-candidate.dto.js';
import type { AssignOwnerDto } from './assign-owner.dto.js';
import type { TagCandidateDto } from './tag-candidate.dto.js';
import type { UpdateCandidateDto } from './update-candidate.dto.js';

/** Requests about candidates as commands; a refusal is thrown as its problem. */
@Injectable()
export class CandidateCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
    private readonly identities: IdentityCommands,
  ) {}

  async add(dto: AddCandidateDto, incoming: Incoming): Promise<Accepted> {
    const candidateId = this.metas.idFor('candidate', incoming);
    const { contactPoints = [], skills = [], interests = [], tags = [], externalIds = [], ...profile } = plain(dto);
    const candidate = { ...profile, contactPoints, skills, interests, tags, externalIds };
    const command = new AddCandidateCommand(candidateId, candidate, this.metas.metaOf(incoming));
    return accepted(candidateId, await this.commands.execute(command));
  }

  update(
    candidateId: string,
    dto: UpdateCandidateDto,
    incoming: Incoming,
    ifMatch: number | undefined,
  ): Promise<Accepted> {
    return this.identities.change(candidateId, this.metas.metaOf(incoming, { ifMatch }), (meta) =>
      this.commands.execute(new UpdateCandidateCommand(candidateId, plain(dto), meta)),
    );
  }

  tag(
    candidateId: string,
    { add = [], remove = [] }: TagCandidateDto,
    incoming: Incoming,
    ifMatch: number | undefined,
  ): Promise<Accepted> {
    return this.identities.change(candidateId, this.metas.metaOf(incoming, { ifMatch }), (meta) =>
      this.commands.execute(new TagCandidateCommand(candidateId, { add, remove }, meta)),
    );
  }

  assignOwner(
    candidateId: string,
    dto: AssignOwnerDto,
    incoming: Incoming,
    ifMatch: number | undefined,
  ): Promise<Accepted> {
    return this.identities.change(candidateId, this.metas.metaOf(incoming, { ifMatch }), (meta) =>
      this.commands.execute(new AssignOwnerCommand(candidateId, plain(dto), meta)),
    );
  }
}
