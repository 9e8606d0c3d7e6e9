import type { ContactLedger } from '#libs/candidates';
import type { Result, StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { relationship } from '../relationship.projection.js';
import { aboutNotes } from '../statements.js';
import { relationships, relationshipStatements } from '../tables.js';
import { backgroundIn, type Background } from './background.query.js';
import { notesIn, type NotePage, type NotePageRequest } from './notes.query.js';
import { relationshipIn, type Relationship } from './relationship.query.js';

const folded = (events: readonly StoredEvent[]): MemoryReadModel => {
  const model = new MemoryReadModel(relationship);
  model.apply(events.filter(({ type }) => relationship.handlers[type] !== undefined));
  return model;
};

/** Where somebody worked and learned, by these events in the order of the log. */
export const backgroundFrom = (events: readonly StoredEvent[]): Background =>
  backgroundIn(folded(events).rows(relationshipStatements));

/** A page of the notes, as these events make them. */
export const notesFrom = (events: readonly StoredEvent[], request: NotePageRequest): Result<NotePage, 'bad-cursor'> =>
  notesIn(
    folded(events)
      .rows(relationshipStatements)
      .filter(({ about }) => about.startsWith(aboutNotes)),
    request,
  );

/** As these events, in the order of the log, make it: by the fold that makes the rows. */
export const relationshipFrom = (events: readonly StoredEvent[], at: Date, topic?: string): Relationship => {
  const model = folded(events);
  const [row] = model.rows(relationships);
  const statements = model.rows(relationshipStatements);
  return relationshipIn({ ledger: row?.ledger as ContactLedger | undefined, statements }, at, topic);
};
