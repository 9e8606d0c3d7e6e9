import { instantOf } from '#libs/http';
import { CLOCK, type Clock, type StoredEvent } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { notesFrom, notesOf, relationship, type NotePageRequest, type WrittenNote } from '#projections/relationship';
import { knownCandidates, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { Identities } from '../identity/identities.js';
import { PastEvents } from '../past/past-events.js';
import { badCursor, candidateUnknown } from '../problems.js';
import type { NoteDocument, NotesPage, NotesQuery } from './notes.dto.js';

/** A page of what we noted about a candidate, under any of their ids. */
export class ListNotes extends Query<NotesPage> {
  constructor(
    readonly candidateId: string,
    readonly options: NotesQuery,
  ) {
    super();
  }
}

const toDocument = ({
  noteId,
  candidateId,
  text,
  mentions,
  writtenAt,
  writtenBy,
  editedAt,
}: WrittenNote): NoteDocument => ({
  id: noteId,
  candidateId,
  text,
  mentions: [...mentions],
  writtenAt: writtenAt.toISOString(),
  writtenBy,
  editedAt: editedAt?.toISOString() ?? null,
});

/** From the log; undefined where nobody was known by then. */
const notesAsTheyWere = (histories: readonly (readonly StoredEvent[])[], asked: NotePageRequest) => {
  const events = histories.flat();
  return events.length > 0 ? notesFrom(events, asked) : undefined;
};

@QueryHandler(ListNotes)
export class ListNotesHandler implements IQueryHandler<ListNotes> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
    private readonly pasts: PastStates,
    private readonly identities: Identities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ candidateId, options }: ListNotes): Promise<NotesPage> {
    const { limit, cursor } = options;
    const after = await this.pasts.laterOf(options.after, options.asOfPosition);
    const at = instantOf(options.at) ?? this.clock.now();
    const position = positionOf(options.asOfPosition);
    const ids = await this.identities.idsOf(candidateId, after, { at, position: position?.commit });
    const asked = { limit, cursor, at };
    const found = position
      ? notesAsTheyWere(await this.past.of(ids, { position }, after), asked)
      : await this.asTheyAre(ids, after, asked);
    if (!found) throw candidateUnknown();
    if (!found.ok) throw badCursor();
    const { notes, nextCursor } = found.value;
    return { items: notes.map(toDocument), nextCursor };
  }

  private async asTheyAre(ids: readonly string[], after: string | undefined, asked: NotePageRequest) {
    await this.freshness.reachAbout(ids, after, relationship.name, talentSearch.name);
    const [known, found] = await Promise.all([knownCandidates(this.database, ids), notesOf(this.database, ids, asked)]);
    return known.size > 0 ? found : undefined;
  }
}
