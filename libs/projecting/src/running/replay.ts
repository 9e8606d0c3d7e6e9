import type { StoredEvent } from '#libs/kernel';
import type { Decoded, RawEvent } from '#libs/event-store';
import type { Database } from '#libs/read-store';
import type { DeadLetter } from '../checkpoints/dead-letters.js';
import type { LogDecoder, LogSource } from '../reading/log-source.js';
import { BEHIND, failedAgain, lettersOfScope } from '../checkpoints/dead-letters.js';
import type { GenerationWriter } from '../checkpoints/generation-writer.js';
import type { LogPosition } from '#libs/kernel';
import { HandlerFailedError } from '../folding/fold-batch.js';
import { reasonOf } from './write-isolating.js';

export interface ReplayOptions {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly writer: GenerationWriter;
}

const PAGE = 500;

/** A stretch of one stream that holds the wanted revisions. */
const readLetters = async (log: LogSource, letters: readonly DeadLetter[]): Promise<RawEvent[]> => {
  const byStream = new Map<string, DeadLetter[]>();
  for (const letter of letters) byStream.set(letter.streamId, [...(byStream.get(letter.streamId) ?? []), letter]);
  const found = new Map<string, RawEvent>();
  for (const [streamId, wanted] of byStream) {
    const revisions = wanted.map(({ revision }) => revision);
    const [from, to] = [Math.min(...revisions), Math.max(...revisions)];
    for await (const raw of log.readStream(streamId, { fromRevision: from, maxCount: to - from + 1 }))
      found.set(raw.id, raw);
  }
  return letters.flatMap(({ eventId, position }) => {
    const raw = found.get(eventId);
    return raw ? [{ ...raw, position }] : [];
  });
};

/** Takes in what one scope has set aside, in log order, as far as it goes. True if nothing of it is left. */
export const replayScope = async (
  { database, log, decoder, writer }: ReplayOptions,
  scope: string,
  position: LogPosition,
): Promise<boolean> => {
  for (;;) {
    const letters = await lettersOfScope(database, writer.id, scope, PAGE);
    if (letters.length === 0) return true;
    const decoded = await decoder.decodeMany(await readLetters(log, letters));
    const broken = decoded.findIndex((item) => !item.ok);
    const sound = (broken < 0 ? decoded : decoded.slice(0, broken)).flatMap((item: Decoded) =>
      item.ok ? [item.event] : [],
    );
    const taken = await takeIn(writer, sound, letters, position);
    const stuck = letters[taken.count];
    if (stuck === undefined) continue;
    const reason = taken.reason ?? (decoded[taken.count] ? 'invalid-event' : 'not-in-the-log');
    await failedAgain(database, writer.id, stuck, reason === BEHIND ? 'handler-failed' : reason);
    return false;
  }
};

/** How many of the events were taken in, and why the next one wasn't. */
const takeIn = async (
  writer: GenerationWriter,
  events: readonly StoredEvent[],
  letters: readonly DeadLetter[],
  position: LogPosition,
): Promise<{ count: number; reason?: string }> => {
  if (events.length === 0) return { count: 0 };
  try {
    await writer.takeUp(events, letters.slice(0, events.length), position);
    return { count: events.length };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    if (events.length === 1) return { count: 0, reason };
    // A handler names the event; where PostgreSQL refuses the rows, halves find it.
    const first = error instanceof HandlerFailedError ? error.index : Math.ceil(events.length / 2);
    if (first === 0) return { count: 0, reason };
    const half = await takeIn(writer, events.slice(0, first), letters, position);
    if (half.count < first || error instanceof HandlerFailedError) return { reason, ...half };
    const rest = await takeIn(writer, events.slice(first), letters.slice(first), position);
    return { count: first + rest.count, ...(rest.reason === undefined ? {} : { reason: rest.reason }) };
  }
};
