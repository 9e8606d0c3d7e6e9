import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { notesFrom, notesOf, relationship, type WrittenNote } from '#projections/relationship';
import { getCandidate, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
import { PastEvents } from '../past/past-events.js';
import { badCursor, candidateUnknown } from '../problems.js';
import type { NoteDocument, NotesPage, NotesQuery } from './notes.dto.js';

/** A page of what we noted about a candidate. */
export class ListNotes extends Query<NotesPage> {
  constructor(
    readonly candidateId: string,
    readonly options: NotesQuery,
  ) {
    super();
  }
}

const toDocument = ({ noteId, text, mentions, writtenAt, writtenBy, editedAt }: WrittenNote): NoteDocument => ({
  id: noteId,
  text,
  mentions: [...mentions],
  writtenAt: writtenAt.toISOString(),
  writtenBy,
  editedAt: editedAt?.toISOString() ?? null,
});

@QueryHandler(ListNotes)
export class ListNotesHandler implements IQueryHandler<ListNotes> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ candidateId, options }: ListNotes): Promise<NotesPage> {
    const found =
      options.asOfPosition === undefined
        ? await this.asTheyAre(candidateId, options)
        : await this.asTheyWere(candidateId, options);
    if (!found) throw candidateUnknown();
    if (!found.ok) throw badCursor();
    const { notes, nextCursor } = found.value;
    return { items: notes.map(toDocument), nextCursor };
  }

  private async asTheyAre(candidateId: string, { after, at, limit, cursor }: NotesQuery) {
    await this.freshness.reach(after, relationship.name, talentSearch.name);
    const [candidate, found] = await Promise.all([
      getCandidate(this.database, candidateId),
      notesOf(this.database, candidateId, { limit, cursor, at: instantOf(at) ?? this.clock.now() }),
    ]);
    return candidate && found;
  }

  /** From the log. */
  private async asTheyWere(candidateId: string, { at, asOfPosition, limit, cursor }: NotesQuery) {
    const events = await this.past.of(candidateId, { position: positionOf(asOfPosition) });
    return events.length === 0
      ? undefined
      : notesFrom(events, { limit, cursor, at: instantOf(at) ?? this.clock.now() });
  }
}
