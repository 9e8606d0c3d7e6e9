import { nameOf, type Operation } from './documents.js';

/** A command that was answered as done. */
export interface AcceptedCommand {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
}

/** What was sent to the command API and what it said became of it. */
export interface JournalEntry {
  readonly correlationId: string;
  /** Undefined where the connection ended before an answer: then nobody knows. */
  readonly status: number | undefined;
  /** How it was answered each time it was sent. */
  readonly answers: readonly (number | undefined)[];
  readonly accepted: readonly AcceptedCommand[];
  /** Then each line is a command of its own. */
  readonly isBulk: boolean;
  /** Enough to find it again. */
  readonly what: string;
}

const isAccepted = (value: unknown): value is AcceptedCommand =>
  typeof value === 'object' && value !== null && 'position' in value && 'revision' in value && 'id' in value;

const objectsOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return undefined;
      }
    });

/** The commands that an answer says are done: one, or those of a bulk request's lines. */
export const acceptedIn = (status: number, text: string): AcceptedCommand[] =>
  status < 300 ? objectsOf(text).filter(isAccepted) : [];

/** Counts and outcomes of all requests. */
export class Journal {
  readonly commands = new Map<string, JournalEntry>();
  readonly statuses = new Map<string, number>();
  /** Names of operations that a request succeeded with. */
  readonly served = new Set<string>();
  requests = 0;
  slowestMilliseconds = 0;

  count(operation: Operation, status: number | undefined, milliseconds: number): void {
    this.requests++;
    if (status !== undefined && status < 300) this.served.add(nameOf(operation));
    const key = `${operation.app} ${status ?? 'closed'}`;
    this.statuses.set(key, (this.statuses.get(key) ?? 0) + 1);
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, milliseconds);
  }

  note(answered: Omit<JournalEntry, 'answers'>): void {
    const entry = { ...answered, answers: [answered.status] };
    const before = this.commands.get(entry.correlationId);
    this.commands.set(
      entry.correlationId,
      before
        ? {
            ...entry,
            status: before.status === undefined ? undefined : entry.status,
            answers: [...before.answers, ...entry.answers],
            accepted: [...before.accepted, ...entry.accepted],
          }
        : entry,
    );
  }
}
