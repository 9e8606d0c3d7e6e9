import { MoveApplicationCommand, SubmitApplicationCommand } from '#libs/candidates';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { MoveApplicationDto, SubmitApplicationDto } from './application.dto.js';

/** Requests about applications as commands; a refusal is thrown as its problem. */
@Injectable()
export class ApplicationCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  async submit(dto: SubmitApplicationDto, incoming: Incoming): Promise<Accepted> {
    const applicationId = this.metas.idFor('application', incoming);
    const { occurredAt, candidateId, ...rest } = plain(dto);
    const application = { ...rest, candidateId: candidateId.toLowerCase() };
    const command = new SubmitApplicationCommand(
      applicationId,
      application,
      this.metas.metaOf(incoming, { occurredAt }),
    );
    return accepted(applicationId, await this.commands.execute(command));
  }

  async move(
    applicationId: string,
    dto: MoveApplicationDto,
    incoming: Incoming,
    ifMatch: number | undefined,
  ): Promise<Accepted> {
    const { occurredAt, ...move } = plain(dto);
    const command = new MoveApplicationCommand(
      applicationId,
      move,
      this.metas.metaOf(incoming, { occurredAt, ifMatch }),
    );
    return accepted(applicationId, await this.commands.execute(command));
  }
}
