import { RecordInteractionCommand } from '#libs/candidates';
import { invalidRequest, validate } from '#libs/http';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import { interactionData } from './data/index.js';
import type { RecipientDto, RecordAddressedInteractionDto, RecordInteractionDto } from './record-interaction.dto.js';

type Addressee = { readonly candidateId: string } | { readonly recipient: RecipientDto };

const addresseeOf = ({ candidateId, recipient }: RecordAddressedInteractionDto): Addressee => {
  if (candidateId !== undefined && recipient === undefined) return { candidateId: candidateId.toLowerCase() };
  if (candidateId === undefined && recipient !== undefined) return { recipient: plain(recipient) };
  throw invalidRequest([{ pointer: '/recipient', detail: 'Give candidateId or recipient, not both.' }]);
};

/** Requests about what happened as commands; a refusal is thrown as its problem. */
@Injectable()
export class InteractionCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
  ) {}

  recordFor(candidateId: string, dto: RecordInteractionDto, incoming: Incoming): Promise<Accepted> {
    return this.execute({ candidateId }, dto, incoming);
  }

  async record(dto: RecordAddressedInteractionDto, incoming: Incoming): Promise<Accepted> {
    return this.execute(addresseeOf(dto), dto, incoming);
  }

  private async execute(addressee: Addressee, dto: RecordInteractionDto, incoming: Incoming): Promise<Accepted> {
    const checked = validate<object>(interactionData[dto.type], dto.data, '/data');
    if (!checked.ok) throw invalidRequest(checked.error);
    const { machine, ...data } = plain(checked.value) as { machine?: boolean } & Record<string, unknown>;
    const { provider, providerEventId } = dto;
    const command = new RecordInteractionCommand(
      {
        ...addressee,
        interaction: { type: dto.type, data, ...(machine === undefined ? {} : { machineHint: machine }) },
        ...(provider === undefined || providerEventId === undefined
          ? {}
          : { fact: { provider, eventId: providerEventId } }),
      },
      this.metas.metaOf(incoming, { occurredAt: dto.occurredAt }),
    );
    const result = await this.commands.execute(command);
    return accepted(result.ok ? result.value.candidateId : '', result);
  }
}
