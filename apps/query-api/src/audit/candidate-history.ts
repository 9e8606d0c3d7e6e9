import { EventCodec, EventLog, verifyChain, type ChainBreak, type Decoded, type RawEvent } from '#libs/event-store';
import { comparePositions, type LogPosition } from '#libs/kernel';
import { Injectable } from '@nestjs/common';

/** A stream that a history is read from. */
export interface HistorySource {
  readonly stream: string;
  /** Of a stream that's about others too: which of its events belong to the history. Its chain is checked as a whole. */
  readonly concerns?: (event: RawEvent) => boolean;
  /** Further streams that an event of it names, and what of them belongs to the history. */
  readonly leadsTo?: (event: RawEvent) => readonly HistorySource[];
}

/** Whether a stream still is what was written. */
export interface StreamCheck {
  readonly stream: string;
  readonly events: number;
  /** Hash of its last event, for comparison with a copy kept elsewhere; null for a stream whose end has none. */
  readonly head: string | null;
  /** Absent where the chain holds to the end. */
  readonly brokenAt?: ChainBreak;
}

/** One event as it's stored and, where it can be read, as it reads. */
export interface HistoryEntry {
  readonly raw: RawEvent;
  readonly decoded: Decoded;
}

export interface HistoryPage {
  /** Of all streams, whatever the page. */
  readonly streams: readonly StreamCheck[];
  /** In the order of the log. */
  readonly entries: readonly HistoryEntry[];
  /** Entries follow this page. */
  readonly more: boolean;
}

const collect = async (events: AsyncIterable<RawEvent>): Promise<RawEvent[]> => {
  const all: RawEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

const headOf = (events: readonly RawEvent[]): string | null => {
  const metadata = events.at(-1)?.metadata as { chain?: { hash?: unknown } } | null | undefined;
  const hash = metadata?.chain?.hash;
  return typeof hash === 'string' ? hash : null;
};

const check = (stream: string, events: readonly RawEvent[]): StreamCheck => {
  const brokenAt = verifyChain(events);
  return { stream, events: events.length, head: headOf(events), ...(brokenAt ? { brokenAt } : {}) };
};

/** Replays what the log itself holds: no read model is asked what happened. */
@Injectable()
export class CandidateHistory {
  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
  ) {}

  /**
   * A page of the events of these streams and of those that they lead to, and whether the chain of each holds. Streams that
   * don't exist, or of which nothing belongs to the history, are left out.
   * Every page reads all of every stream: a chain can be checked only from its start.
   * @param after the position of the last entry of the page before
   */
  async page(
    sources: readonly HistorySource[],
    { after, limit }: { after?: LogPosition; limit: number },
  ): Promise<HistoryPage> {
    const named = await this.read(sources);
    const ledTo = named.flatMap(({ events, leadsTo }) => (leadsTo ? events.flatMap(leadsTo) : []));
    // Each once, however many events name it.
    const further = await this.read([...new Map(ledTo.map((source) => [source.stream, source])).values()]);
    const found = [...named, ...further].filter(({ theirs }) => theirs.length > 0);
    const following = found
      .flatMap(({ theirs }) => theirs)
      .filter(({ position }) => after === undefined || comparePositions(position, after) > 0)
      .sort((a, b) => comparePositions(a.position, b.position));
    const raws = following.slice(0, limit);
    const decoded = await this.codec.decodeMany(raws);
    return {
      streams: found.map(({ stream, events }) => check(stream, events)),
      entries: raws.flatMap((raw, i) => (decoded[i] ? [{ raw, decoded: decoded[i] }] : [])),
      more: following.length > limit,
    };
  }

  private read(sources: readonly HistorySource[]) {
    return Promise.all(
      sources.map(async (source) => {
        const events = await collect(this.log.readStream(source.stream));
        return { ...source, events, theirs: source.concerns ? events.filter(source.concerns) : events };
      }),
    );
  }
}
