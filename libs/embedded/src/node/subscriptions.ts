import type { EventTable } from './event-table.js';
import type { RecordFilter } from './filter.js';
import type { CommittedLog } from './log.js';
import { caughtUp, checkpoint, confirmation } from './read-messages.js';
import type { ReaderConnection } from './reader-connection.js';

const PAGE = 1_000;

export interface LogSource {
  readonly log: CommittedLog;
  readonly table: EventTable;
}

export interface AllSubscription {
  /** Events after this position. */
  readonly after: bigint;
  readonly filter?: RecordFilter;
  /** Events looked at between two checkpoints; only filtered subscriptions have checkpoints. */
  readonly checkpointEvery?: number;
}

/**
 * Catches up from the table, goes on with what's in memory, and falls back to the table whenever it's slower than that.
 * One cursor over positions without gaps: nothing is left out, nothing comes twice, wherever an event is taken from.
 * Ends when the reader has gone; rejects where the table can't be read.
 */
export const subscribeToAll = async (
  reader: ReaderConnection,
  { log, table }: LogSource,
  { after, filter, checkpointEvery = Infinity }: AllSubscription,
): Promise<void> => {
  reader.write(confirmation());
  let cursor = after;
  let sinceCheckpoint = 0;
  let live = false;
  while (!reader.gone) {
    const committed = log.committed();
    if (cursor >= log.head) {
      if (live) await reader.idle(committed);
      else {
        live = true;
        if (Number.isFinite(checkpointEvery) && log.head > 0n) reader.write(checkpoint(log.head));
        reader.write(caughtUp());
      }
      continue;
    }
    for (const record of log.after(cursor, PAGE) ?? (await table.allForwards(cursor, PAGE))) {
      if (reader.gone) return;
      cursor = record.position;
      if ((!filter || filter(record)) && !reader.write(record.bytes)) await reader.drained();
      if (++sinceCheckpoint < checkpointEvery) continue;
      sinceCheckpoint = 0;
      if (!reader.write(checkpoint(cursor))) await reader.drained();
    }
  }
};

/** As above, for one stream; `from` is the first revision wanted. */
export const subscribeToStream = async (
  reader: ReaderConnection,
  { log, table }: LogSource,
  stream: string,
  from: bigint,
): Promise<void> => {
  reader.write(confirmation());
  let next = from;
  // Up to this position of the log the stream has been looked at.
  let seen: bigint | undefined;
  let live = false;
  while (!reader.gone) {
    const committed = log.committed();
    const head = log.head;
    if (seen !== undefined && seen >= head) {
      if (live) await reader.idle(committed);
      else {
        live = true;
        reader.write(caughtUp());
      }
      continue;
    }
    const recent = seen === undefined ? undefined : log.after(seen, PAGE);
    const page = recent ?? (await table.streamForwards(stream, next, PAGE));
    for (const record of page) {
      if (reader.gone) return;
      if (record.stream !== stream || record.revision < next) continue;
      next = record.revision + 1n;
      if (!reader.write(record.bytes)) await reader.drained();
    }
    if (recent) seen = recent.at(-1)?.position;
    // The table's last page: nothing of the stream lies between it and the head that was asked for before.
    else if (page.length < PAGE) seen = head;
  }
};
