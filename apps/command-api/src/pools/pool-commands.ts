import {
  AddMemberCommand,
  ChangePoolCommand,
  ClosePoolCommand,
  membershipId,
  MoveMemberCommand,
  OpenPoolCommand,
  RemoveMemberCommand,
} from '#libs/pools';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CriteriaFields } from '../custom-fields/criteria-fields.js';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { AddMemberDto, MoveMemberDto, RemoveMemberQuery } from './member.dto.js';
import { PersonsMemberships, type Member } from './persons-memberships.js';
import type { ChangePoolDto, ClosePoolDto, OpenPoolDto } from './pool.dto.js';

/** Requests about pools and their members as commands; a refusal is thrown as its problem. */
@Injectable()
export class PoolCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
    private readonly fields: CriteriaFields,
    private readonly memberships: PersonsMemberships,
  ) {}

  async open(dto: OpenPoolDto, incoming: Incoming): Promise<Accepted> {
    await this.fields.check(dto.criteria, '/criteria');
    const poolId = this.metas.idFor('pool', incoming);
    const command = new OpenPoolCommand(poolId, plain(dto), this.metas.metaOf(incoming));
    return accepted(poolId, await this.commands.execute(command));
  }

  async change(poolId: string, dto: ChangePoolDto, incoming: Incoming, given: Given): Promise<Accepted> {
    await this.fields.check(dto.criteria, '/criteria');
    const command = new ChangePoolCommand(poolId, plain(dto), this.metas.metaOf(incoming, given));
    return accepted(poolId, await this.commands.execute(command));
  }

  async close(poolId: string, { reason }: ClosePoolDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new ClosePoolCommand(poolId, reason, this.metas.metaOf(incoming, given));
    return accepted(poolId, await this.commands.execute(command));
  }

  async add(id: string, dto: AddMemberDto, incoming: Incoming): Promise<Accepted> {
    const { stage, ...rest } = plain(dto);
    const { candidateId: given, ...why } = rest;
    const candidateId = given.toLowerCase();
    const command = new AddMemberCommand(id, candidateId, stage, why, this.metas.metaOf(incoming));
    return accepted(membershipId(id, candidateId), await this.commands.execute(command));
  }

  move(member: Member, dto: MoveMemberDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const { stage, ...why } = plain(dto);
    return this.memberships.each(member, given, (candidateId, each) =>
      this.commands.execute(
        new MoveMemberCommand(member.id, candidateId, stage, why, this.metas.metaOf(incoming, each)),
      ),
    );
  }

  remove(member: Member, query: RemoveMemberQuery, incoming: Incoming, given: Given): Promise<Accepted> {
    // What's asked for is in the address, and that's told from another request by it.
    const why = plain(query);
    const asked = { ...incoming, body: why };
    return this.memberships.each(member, given, (candidateId, each) =>
      this.commands.execute(new RemoveMemberCommand(member.id, candidateId, why, this.metas.metaOf(asked, each))),
    );
  }
}
