import { decideAppend, type Expected, type KnownEvents, type Place } from './expected.js';
import type { ProposedEvent } from './proposed-event.js';
import { encodeRecord, type StoredRecord } from './record.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since 1970; after it nobody waits for the answer, and nothing is appended. */
  readonly deadline: number;
}

export type AppendAnswer =
  /** Place of the last event. An append without events has the stream's last revision, -1 for none. */
  | ({ readonly kind: 'appended' } & Place)
  | { readonly kind: 'wrong-version'; readonly current: bigint }
  | { readonly kind: 'deadline' }
  /** PostgreSQL is away; whether it committed isn't known. */
  | { readonly kind: 'unavailable' };

/** An id counts within its stream: another stream may have it too. */
export const eventKey = (stream: string, id: string): string => `${id}/${stream}`;

/** What the writer knows before a group. */
export interface StoredState {
  /** The last committed position. */
  readonly head: bigint;
  /** The last revision of a stream of the group; -1 for one without events. */
  headOf(stream: string): bigint;
  lately(stream: string, id: string): Place | undefined;
  from(stream: string, revision: bigint, count: number): Promise<readonly StoredRecord[]>;
}

export interface GroupPlan {
  /** What has to be committed before anybody gets an answer. */
  readonly records: readonly StoredRecord[];
  /** Of the streams that got events. */
  readonly heads: ReadonlyMap<string, bigint>;
  /** One for each request, in their order. */
  readonly answers: readonly AppendAnswer[];
}

/** Decides the appends of one transaction one after the other, each upon what the earlier ones add. */
export const planGroup = async (
  requests: readonly AppendRequest[],
  stored: StoredState,
  createdAt: number,
): Promise<GroupPlan> => {
  const records: StoredRecord[] = [];
  const planned = new Map<string, StoredRecord>();
  const heads = new Map<string, bigint>();
  const answers: AppendAnswer[] = [];
  let position = stored.head;

  const knownOf = (stream: string): KnownEvents => ({
    lately: (id) => stored.lately(stream, id) ?? planned.get(eventKey(stream, id)),
    from: async (revision, count) => {
      const committed = await stored.from(stream, revision, count);
      const fresh = records.filter((record) => record.stream === stream && record.revision >= revision);
      return [...committed, ...fresh].slice(0, count);
    },
  });

  for (const { stream, expected, events, deadline } of requests) {
    if (deadline < createdAt) {
      answers.push({ kind: 'deadline' });
      continue;
    }
    const current = heads.get(stream) ?? stored.headOf(stream);
    const ids = events.map(({ id }) => id);
    const verdict = await decideAppend(expected, current, ids, knownOf(stream));
    if (verdict.kind === 'wrong') {
      answers.push({ kind: 'wrong-version', current });
    } else if (verdict.kind === 'repeated') {
      answers.push({ kind: 'appended', revision: verdict.last.revision, position: verdict.last.position });
    } else {
      let revision = current;
      for (const event of events) {
        const record = encodeRecord(event, stream, ++revision, ++position, createdAt);
        records.push(record);
        planned.set(eventKey(stream, record.id), record);
      }
      if (events.length > 0) heads.set(stream, revision);
      answers.push({ kind: 'appended', revision, position });
    }
  }
  return { records, heads, answers };
};
