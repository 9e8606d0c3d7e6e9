import { ChangePlanCommand, MakePlanCommand, RetirePlanCommand } from '#libs/hygiene';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { ChangePlanDto, MakePlanDto } from './plan.dto.js';

/** Requests about plans of hygiene as commands; a refusal is thrown as its problem. */
@Injectable()
export class PlanCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async make(dto: MakePlanDto, incoming: Incoming): Promise<Accepted> {
    const planId = this.metas.idFor('hygiene-plan', incoming);
    const command = new MakePlanCommand(planId, plain(dto), this.metas.metaOf(incoming));
    return accepted(planId, await this.commands.execute(command));
  }

  async change(planId: string, dto: ChangePlanDto, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new ChangePlanCommand(planId, plain(dto), this.metas.metaOf(incoming, given));
    return accepted(planId, await this.commands.execute(command));
  }

  async retire(planId: string, incoming: Incoming, given: Given): Promise<Accepted> {
    const command = new RetirePlanCommand(planId, this.metas.metaOf(incoming, given));
    return accepted(planId, await this.commands.execute(command));
  }
}
