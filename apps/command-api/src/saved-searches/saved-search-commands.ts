import { invalidRequest } from '#libs/http';
import {
  ChangeSavedSearchCommand,
  RemoveSavedSearchCommand,
  SaveSearchCommand,
  type Asker,
} from '#libs/saved-searches';
import { searchErrors, type AskedSearch } from '#libs/search-request';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CriteriaFields } from '../custom-fields/criteria-fields.js';
import { accepted, type Accepted } from '../requests/accepted.js';
import { CommandMetas, type Given } from '../requests/command-metas.js';
import type { Incoming } from '../requests/incoming.js';
import { plain } from '../requests/plain.js';
import type { ChangeSavedSearchDto, SaveSearchDto } from './saved-search.dto.js';

const checkSearch = (search: AskedSearch | undefined): void => {
  const errors = search ? searchErrors(search) : [];
  if (errors.length > 0)
    throw invalidRequest(errors.map(({ pointer, detail }) => ({ pointer: `/search${pointer}`, detail })));
};

const askerOf = ({ caller }: Incoming): Asker => ({ id: caller.actor.id, all: caller.roles.includes('admin') });

/** Requests about saved searches as commands; a refusal is thrown as its problem. */
@Injectable()
export class SavedSearchCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly metas: CommandMetas,
    private readonly fields: CriteriaFields,
  ) {}

  async save(dto: SaveSearchDto, incoming: Incoming): Promise<Accepted> {
    checkSearch(dto.search);
    await this.fields.check(dto.search.where, '/search/where');
    const id = this.metas.idFor('saved-search', incoming);
    const { shared = false, search, ...rest } = plain(dto);
    const saved = { ...rest, shared, search: { ...search }, savedBy: incoming.caller.actor.id };
    return accepted(id, await this.commands.execute(new SaveSearchCommand(id, saved, this.metas.metaOf(incoming))));
  }

  async change(id: string, dto: ChangeSavedSearchDto, incoming: Incoming, given: Given): Promise<Accepted> {
    checkSearch(dto.search);
    await this.fields.check(dto.search?.where, '/search/where');
    const { search, ...rest } = plain(dto);
    const changes = { ...rest, ...(search ? { search: { ...search } } : {}) };
    const meta = this.metas.metaOf(incoming, given);
    return accepted(
      id,
      await this.commands.execute(new ChangeSavedSearchCommand(id, changes, askerOf(incoming), meta)),
    );
  }

  async remove(id: string, incoming: Incoming, given: Given): Promise<Accepted> {
    const meta = this.metas.metaOf(incoming, given);
    return accepted(id, await this.commands.execute(new RemoveSavedSearchCommand(id, askerOf(incoming), meta)));
  }
}
