import type { Actor } from '#libs/kernel';
import { aboutNotes, type Statements, type StatementTopic } from '../statements.js';

/** A row of what was stated. */
export interface StatementRow {
  readonly about: string;
  readonly position: bigint | string;
  readonly stated_at: Date;
  readonly statement: unknown;
  readonly actor_kind: string;
  readonly actor_id: string;
}

/** A statement, when it was made, and who told us. */
export interface Stated<T> {
  readonly statement: T;
  readonly at: Date;
  readonly by: Actor;
}

/** Of one person, everything that was stated but notes. Parameter: the candidate's id. */
export const statementsOf = `SELECT about, position, stated_at, statement, actor_kind, actor_id
  FROM read.relationship_statements WHERE candidate_id = $1 AND about NOT LIKE '${aboutNotes}%'`;

/** The order in which statements about the same hold. */
export const inTime = (a: StatementRow, b: StatementRow): number =>
  a.stated_at.getTime() - b.stated_at.getTime() || (BigInt(a.position) < BigInt(b.position) ? -1 : 1);

/** All that had been stated about something by an instant (ever, without one), in the order in which it holds; the last one holds then. */
export const statedAbout = <T extends StatementTopic>(
  rows: readonly StatementRow[],
  about: T,
  at?: Date,
): readonly Stated<Statements[T]>[] =>
  rows
    .filter((row) => row.about === about && (at === undefined || row.stated_at <= at))
    .sort(inTime)
    .map(({ statement, stated_at, actor_kind, actor_id }) => ({
      statement: statement as Statements[T],
      at: stated_at,
      by: { kind: actor_kind, id: actor_id } as Actor,
    }));
