import type { Note } from '#libs/candidates';
import { err, ok, type Actor, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { aboutNotes } from '../statements.js';
import { inTime, type StatementRow } from './stated.js';

/** A note as it was at an instant. */
export interface WrittenNote extends Note {
  /** Under which of the person's ids it was written. */
  readonly candidateId: string;
  readonly writtenAt: Date;
  readonly writtenBy: Actor;
  /** Null: never. */
  readonly editedAt: Date | null;
}

/** The newest first. */
export interface NotePage {
  readonly notes: readonly WrittenNote[];
  readonly nextCursor: string | null;
}

export interface NotePageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly at?: Date | undefined;
}

/** A position in the log: what comes after the note whose writing lies there. */
const isCursor = (text: string): boolean => /^\d{1,19}$/.test(text);

type NoteRow = StatementRow & { readonly candidate_id: string };

/** A page of the notes about somebody who has these ids. */
export const notesOf = async (
  sql: SqlExecutor,
  candidateIds: readonly string[],
  request: NotePageRequest,
): Promise<Result<NotePage, 'bad-cursor'>> => {
  const rows = await sql.query<NoteRow>(
    `SELECT candidate_id, about, position, stated_at, statement, actor_kind, actor_id
     FROM read.relationship_statements WHERE candidate_id = ANY($1::uuid[]) AND about LIKE '${aboutNotes}%'`,
    [candidateIds],
    { prepared: true },
  );
  return notesIn(rows, request);
};

/** Of rows that are of notes. A note that was removed isn't there any more. */
export const notesIn = (
  rows: readonly NoteRow[],
  { limit, cursor, at }: NotePageRequest,
): Result<NotePage, 'bad-cursor'> => {
  if (cursor !== undefined && !isCursor(cursor)) return err('bad-cursor');
  const byNote = new Map<string, NoteRow[]>();
  for (const row of rows) {
    const note = `${row.candidate_id} ${row.about}`;
    if (at === undefined || row.stated_at <= at) byNote.set(note, [...(byNote.get(note) ?? []), row]);
  }
  const found = [...byNote.values()]
    .flatMap((versions) => noteOf(versions.sort(inTime)))
    .filter(({ position }) => cursor === undefined || position < BigInt(cursor))
    .sort((a, b) => (a.position > b.position ? -1 : 1));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return ok({
    notes: page.map(({ note }) => note),
    nextCursor: found.length > limit && last ? String(last.position) : null,
  });
};

/** What its versions, in time, come to; and where it was first written. */
const noteOf = (versions: readonly NoteRow[]): { position: bigint; note: WrittenNote }[] => {
  const [first] = versions;
  const last = versions.at(-1);
  if (!first || !last?.statement) return [];
  const note: WrittenNote = {
    ...(last.statement as Note),
    candidateId: first.candidate_id,
    writtenAt: first.stated_at,
    writtenBy: { kind: first.actor_kind, id: first.actor_id } as Actor,
    editedAt: last === first ? null : last.stated_at,
  };
  return [{ position: BigInt(first.position), note }];
};
