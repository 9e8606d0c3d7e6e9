import { comparePositions } from '#libs/kernel';
import type { LogSink } from '../reading/log-source.js';
import { LogReader, type LogReaderOptions } from '../reading/log-reader.js';

/**
 * Those that stand closer together share a reader from the start: the further ones wait for the nearest. In positions,
 * which are events on the embedded node and bytes of log on a cluster.
 */
const CLOSE_TOGETHER = 1_000_000n;

/**
 * The readers of a process. Projections that stand together are fed by one, since decoding is the dearest step; one that
 * lags has a reader of its own until it has caught up.
 */
export class ReaderPool {
  private readonly readers = new Set<LogReader>();
  private readonly closing = new Set<Promise<void>>();

  constructor(private readonly options: Omit<LogReaderOptions, 'onDispatch' | 'onLag'>) {}

  /** Feeds these queues from where they stand. */
  place(queues: readonly LogSink[]): void {
    let group: LogSink[] = [];
    for (const queue of [...queues].sort((a, b) => comparePositions(a.received, b.received))) {
      const [first] = group;
      if (first && queue.received.commit - first.received.commit > CLOSE_TOGETHER) {
        this.open(group);
        group = [];
      }
      group.push(queue);
    }
    this.open(group);
  }

  /** Feeds a queue no more. */
  leave(queue: LogSink): void {
    for (const reader of this.readers) {
      if (reader.sinks.delete(queue) && reader.sinks.size === 0) this.close(reader);
    }
  }

  /** The reader that feeds a queue. */
  of(queue: LogSink): LogReader | undefined {
    for (const reader of this.readers) if (reader.sinks.has(queue)) return reader;
    return undefined;
  }

  async closeAll(): Promise<void> {
    for (const reader of this.readers) this.close(reader);
    await Promise.all(this.closing);
  }

  get size(): number {
    return this.readers.size;
  }

  private open(group: readonly LogSink[]): void {
    const [first] = group;
    if (!first) return;
    const reader = new LogReader(first.received, {
      ...this.options,
      onDispatch: (one) => this.merge(one),
      onLag: (one, sink) => this.split(one, sink),
    });
    for (const queue of group) reader.sinks.add(queue);
    this.readers.add(reader);
  }

  /** A queue takes from any reader what it doesn't have yet, so whoever is further on can join whoever isn't. */
  private merge(reader: LogReader): void {
    if (!reader.live || this.readers.size < 2 || !this.readers.has(reader)) return;
    for (const other of this.readers) {
      if (other === reader || !other.live || comparePositions(reader.dispatched, other.dispatched) < 0) continue;
      for (const sink of reader.sinks) other.sinks.add(sink);
      reader.sinks.clear();
      this.close(reader);
      return;
    }
  }

  /** Whoever can't keep up goes on alone, from where they are. */
  private split(reader: LogReader, sink: LogSink): void {
    if (!this.readers.has(reader) || !reader.sinks.delete(sink)) return;
    this.options.logger.info({ readers: this.readers.size + 1 }, 'a projection lags and left the shared reader');
    this.open([sink]);
  }

  private close(reader: LogReader): void {
    this.readers.delete(reader);
    const closed = reader.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}
