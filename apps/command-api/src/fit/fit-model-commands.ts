import { fitModelRef, parseFitModel, PublishFitModelCommand, RetireFitModelCommand } from '#libs/fit';
import { invalidRequest } from '#libs/http';
import { wordProblems } from '#libs/search-request';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import type { FitModelVersionDto, PublishFitModelDto } from './fit-model.dto.js';

/** Requests about fit models as commands; a refusal is thrown as its problem. */
@Injectable()
export class FitModelCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async publish(dto: PublishFitModelDto, incoming: Incoming): Promise<Accepted> {
    const model = parseFitModel(dto.model);
    if (!model.ok)
      throw invalidRequest(model.error.map(({ path, message }) => ({ pointer: `/model${path}`, detail: message })));
    const unknown = model.value.rules.flatMap(({ where }, n) =>
      wordProblems(where).map(({ pointer, detail }) => ({ pointer: `/model/rules/${n}/where${pointer}`, detail })),
    );
    if (unknown.length > 0) throw invalidRequest(unknown);
    const command = new PublishFitModelCommand(model.value, this.metas.metaOf(incoming));
    return accepted(fitModelRef(model.value), await this.commands.execute(command));
  }

  async retire({ name, version }: FitModelVersionDto, incoming: Incoming): Promise<Accepted> {
    const command = new RetireFitModelCommand(name, version, this.metas.metaOf(incoming));
    return accepted(fitModelRef({ name, version }), await this.commands.execute(command));
  }
}
