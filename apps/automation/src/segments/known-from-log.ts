import { EventStoreUnavailableError } from '#libs/event-store';
import { comparePositions, type LogPosition } from '#libs/kernel';
import {
  defaultTuning,
  LogReader,
  type EngineLog,
  type LogChunk,
  type LogDecoder,
  type LogSource,
} from '#libs/projecting';
import { KnownOfLog, knownTypes } from '#libs/segment-watch';

const types = new Set<string>(knownTypes);

interface Waiting {
  readonly position: LogPosition;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Folds what the watch has to know from the log, from its beginning, once somebody asks; and from then on as it's recorded. */
export class KnownFromLog {
  readonly known = new KnownOfLog();
  private reader: LogReader | undefined;
  private waiting: Waiting[] = [];
  private closed = false;

  constructor(
    private readonly log: LogSource,
    private readonly decoder: LogDecoder,
    private readonly logger: EngineLog,
  ) {}

  /** Resolves once everything up to a position is known. Throws EventStoreUnavailableError where it's closed before. */
  async reach(position: LogPosition): Promise<void> {
    if (comparePositions(this.known.position, position) >= 0) return;
    if (this.closed) throw new EventStoreUnavailableError();
    this.reader ??= this.read();
    await new Promise<void>((resolve, reject) => {
      this.waiting = [...this.waiting, { position, resolve, reject }];
    });
  }

  get received(): LogPosition {
    return this.known.position;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new EventStoreUnavailableError());
    await this.reader?.close();
  }

  push({ items, upTo }: LogChunk): void {
    for (const item of items) {
      if (item.ok) this.known.apply(item.event);
      else
        this.logger.error({ type: item.raw.type, reason: item.reason }, 'the watch over segments cannot read an event');
    }
    this.known.reached(upTo);
    const reached = ({ position }: Waiting): boolean => comparePositions(position, upTo) <= 0;
    const done = this.waiting.filter(reached);
    this.waiting = this.waiting.filter((one) => !reached(one));
    for (const { resolve } of done) resolve();
  }

  room(): Promise<void> {
    return Promise.resolve();
  }

  private read(): LogReader {
    const reader = new LogReader(this.known.position, {
      log: this.log,
      decoder: { decodeMany: (raws) => this.decoder.decodeMany(raws.filter(({ type }) => types.has(type))) },
      logger: this.logger,
      tuning: defaultTuning,
    });
    reader.sinks.add(this);
    return reader;
  }
}
