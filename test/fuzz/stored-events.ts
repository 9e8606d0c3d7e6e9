import { comparePositions, decodePosition, encodePosition } from '#libs/kernel';
import { EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';
import type { Journal, JournalEntry } from './journal.js';
import { anySecret } from './living.js';

interface StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly correlationId: string;
  /** What automation stored because of something that was stored. */
  readonly reaction: boolean;
  readonly hasSecret: boolean;
}

const readAll = async (url: string): Promise<StoredEvent[]> => {
  const client = EventStoreDBClient.connectionString(url);
  const stored: StoredEvent[] = [];
  try {
    for await (const { event, commitPosition } of client.readAll({ direction: FORWARDS, fromPosition: START })) {
      if (!event || event.type.startsWith('$')) continue;
      const metadata = event.metadata as { $correlationId?: string; source?: string } | undefined;
      const position = event.position ?? { commit: commitPosition ?? 0n, prepare: commitPosition ?? 0n };
      stored.push({
        stream: event.streamId,
        revision: Number(event.revision),
        position: encodePosition(position),
        correlationId: metadata?.$correlationId ?? '',
        reaction: metadata?.source === 'automation',
        hasSecret: anySecret.test(`${event.streamId} ${JSON.stringify(event.data)} ${JSON.stringify(metadata)}`),
      });
    }
  } finally {
    await client.dispose();
  }
  return stored;
};

export interface StoredReport {
  readonly events: number;
  readonly accepted: number;
  readonly faults: readonly string[];
}

const isAfter = (token: string, other: string): boolean => {
  const [a, b] = [decodePosition(token), decodePosition(other)];
  return a === undefined || b === undefined || comparePositions(a, b) > 0;
};

const UUID_LENGTH = 36;

/** Streams that aren't one thing's: what's answered is the id of something in them. */
const sharedStreams = new Set(['identity-merges', 'scoring-models', 'fit-models', 'custom-fields']);

/** What's asked of somebody with several ids is asked of the membership of each; those that they have when it's asked. */
const ofPerson = /\/v1\/pools\/[^/]+\/members\/\{candidateId\}/;

/** What's wrong with the events that one request left, given what it was answered. */
const requestFaults = (
  { accepted, answers, isBulk, status, what }: JournalEntry,
  all: readonly StoredEvent[],
): string[] => {
  if (all.every(({ reaction }) => reaction)) return [`Reacted to, though nothing was stored (${status}): ${what}`];
  const events = all.filter(({ reaction }) => !reaction);
  const ids = new Set(accepted.map(({ id }) => id));
  const idOf = (stream: string): string => stream.slice(-UUID_LENGTH);
  const isAnswered = ({ stream }: StoredEvent): boolean =>
    ids.has(idOf(stream)) ||
    (ids.size > 0 && (sharedStreams.has(stream) || (ofPerson.test(what) && stream.startsWith('membership-'))));
  if (!events.every(isAnswered)) return [`Stored, though not accepted (${status}): ${what}`];
  const last = events.at(-1);
  const faults: string[] = [];
  // Reading after the position that it was answered with, its caller sees all of it.
  if (last && !accepted.some(({ position }) => !isAfter(last.position, position)))
    faults.push(`Stored after the position that it was answered with: ${what}`);
  // Sent again, it says what it said, and one append is one piece of its stream. But what changed nothing isn't remembered:
  // on a stream on which all decide, it may change something when it comes again.
  const streams = new Set(events.map(({ stream }) => stream));
  const isShared = streams.size > 1 || [...streams].some((stream) => sharedStreams.has(stream));
  if (!isBulk && !isShared && new Set(accepted.map(({ position }) => position)).size > 1)
    faults.push(`Answered with two positions: ${what}`);
  // What was accepted and stored is answered in the same way when it comes again, whatever others did meanwhile. Where nothing was
  // stored, it was refused or changed nothing: neither is remembered.
  const [first = 0, again = first] = answers;
  if (first < 300 && again !== first && again !== 503)
    faults.push(`Answered with ${first}, then with ${again}: ${what}`);
  for (const one of isBulk ? [] : streams) {
    const revisions = events.filter(({ stream }) => stream === one).map(({ revision }) => revision);
    if (revisions.some((revision, at) => at > 0 && revision !== (revisions[at - 1] ?? 0) + 1))
      faults.push(`Stored twice: ${what}`);
  }
  return faults;
};

/**
 * Compares the log with what was answered: what each accepted command did is there, once, where its answer says; of
 * a refused one there's nothing; and there's no event that no request accounts for, nor one with anybody's data.
 */
export const checkStored = async (url: string, journal: Journal): Promise<StoredReport> => {
  const stored = await readAll(url);
  const faults: string[] = [];
  const byRequest = new Map<string, StoredEvent[]>();
  for (const event of stored) {
    const events = byRequest.get(event.correlationId);
    if (events) events.push(event);
    else byRequest.set(event.correlationId, [event]);
  }

  for (const { stream, position, hasSecret } of stored)
    if (hasSecret) faults.push(`Personal data in the clear in ${stream} at ${position}.`);
  for (const [correlationId, events] of byRequest) {
    const entry = journal.commands.get(correlationId);
    if (!entry) faults.push(`Nobody sent ${correlationId}, and it has ${events.length} events.`);
    else if (entry.status !== undefined) faults.push(...requestFaults(entry, events));
  }
  let accepted = 0;
  const head = stored.at(-1)?.position;
  for (const { accepted: commands, what } of journal.commands.values()) {
    for (const { position } of commands) {
      accepted++;
      if (!head || isAfter(position, head)) faults.push(`Accepted at ${position}, where there is nothing: ${what}`);
    }
  }
  return { events: stored.length, accepted, faults };
};
