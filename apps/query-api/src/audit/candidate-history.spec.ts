import { chainHash, type Decoded, type EventCodec, type EventLog, type RawEvent } from '#libs/event-store';
import { describe, expect, it } from '@jest/globals';
import { CandidateHistory } from './candidate-history.js';
import { historyDocument } from './history-document.js';

/** A stream of notes, chained, whose events lie at these positions of the log. */
const chained = (streamId: string, positions: readonly bigint[]): RawEvent[] => {
  let previous: string | null = null;
  return positions.map((position, revision) => {
    const content = { stream: streamId, revision, id: `e${position}`, type: 'note.added', data: { n: revision } };
    const hash = chainHash({ ...content, metadata: { chain: { previous } } });
    const event: RawEvent = {
      id: content.id,
      type: content.type,
      streamId,
      revision,
      data: content.data,
      position: { commit: position, prepare: position },
      recordedAt: new Date(Number(position)),
      metadata: { chain: { previous, hash } },
    };
    previous = hash;
    return event;
  });
};

/** A codec that reads everything but the events that it's told it doesn't know. */
const codec = (unknown: readonly string[] = []) =>
  ({
    decodeMany: (raws: readonly RawEvent[]) =>
      Promise.resolve(
        raws.map((raw): Decoded => {
          if (unknown.includes(raw.id)) return { ok: false, reason: 'unknown-type', raw, message: 'unknown' };
          const { metadata: _, ...event } = raw;
          const about = {
            actor: { kind: 'user', id: 'u1' },
            correlationId: 'c',
            causationId: 'c',
            source: 'api',
          } as const;
          return { ok: true, event: { ...event, ...about, occurredAt: raw.recordedAt, timePrecision: 'instant' } };
        }),
      ),
  }) as unknown as EventCodec;

const logOf = (...streams: readonly RawEvent[][]) =>
  ({
    async *readStream(streamId: string) {
      yield* streams.find((events) => events[0]?.streamId === streamId) ?? [];
    },
  }) as unknown as EventLog;

const profile = chained('candidate-1', [1n, 4n]);
const engagement = chained('engagement-1', [2n, 3n, 6n]);
const sources = ['candidate-1', 'engagement-1', 'application-9'].map((stream) => ({ stream }));

describe("a candidate's history", () => {
  it('holds the events of all streams in the order of recording, and says that their chains hold', async () => {
    const page = await new CandidateHistory(logOf(profile, engagement), codec()).page(sources, { limit: 10 });
    const document = historyDocument(page);
    expect(document.items.map(({ id }) => id)).toEqual(['e1', 'e2', 'e3', 'e4', 'e6']);
    expect(document).toMatchObject({
      verified: true,
      nextCursor: null,
      streams: [
        { stream: 'candidate-1', events: 2, verified: true },
        { stream: 'engagement-1', events: 3, verified: true },
      ],
    });
    expect(document.streams[0]?.head).toBe(document.items[3]?.hash);
    expect(document.items[3]?.previousHash).toBe(document.items[0]?.hash);
  });

  it('comes in pages, each event once', async () => {
    const history = new CandidateHistory(logOf(profile, engagement), codec());
    const first = await history.page(sources, { limit: 3 });
    expect(historyDocument(first).nextCursor).toBe('p1-3-3');
    const second = await history.page(sources, { limit: 3, after: { commit: 3n, prepare: 3n } });
    expect(second.entries.map(({ raw }) => raw.id)).toEqual(['e4', 'e6']);
    expect(historyDocument(second).nextCursor).toBeNull();
  });

  it('leaves out what a stream holds about others, and checks its chain as a whole', async () => {
    const shared = { stream: 'engagement-1', concerns: ({ revision }: RawEvent) => revision === 1 };
    const page = await new CandidateHistory(logOf(engagement), codec()).page([shared], { limit: 10 });
    expect(historyDocument(page)).toMatchObject({
      items: [{ id: 'e3' }],
      streams: [{ stream: 'engagement-1', events: 3, verified: true }],
    });
  });

  it('follows what its events name, each stream once, but not into what is about others alone', async () => {
    const signUps = [chained('sign-up-1', [5n]), chained('sign-up-2', [7n])];
    const leadsTo = ({ revision }: RawEvent) => [
      {
        stream: revision === 2 ? 'sign-up-2' : 'sign-up-1',
        concerns: ({ streamId }: RawEvent) => streamId === 'sign-up-1',
      },
      { stream: 'sign-up-9' },
    ];
    const history = new CandidateHistory(logOf(engagement, ...signUps), codec());
    const document = historyDocument(await history.page([{ stream: 'engagement-1', leadsTo }], { limit: 10 }));
    expect(document.items.map(({ id }) => id)).toEqual(['e2', 'e3', 'e5', 'e6']);
    expect(document.streams.map(({ stream }) => stream)).toEqual(['engagement-1', 'sign-up-1']);
  });

  it('says where a chain broke', async () => {
    const tampered = engagement.map((event) => (event.revision === 1 ? { ...event, data: { n: 99 } } : event));
    const page = await new CandidateHistory(logOf(profile, tampered), codec()).page(sources, { limit: 10 });
    const document = historyDocument(page);
    expect(document.verified).toBe(false);
    expect(document.streams[1]).toMatchObject({
      verified: false,
      brokenAt: { revision: 1, reason: 'content-changed' },
    });
  });

  it('shows an event that this version cannot read, without its data', async () => {
    const page = await new CandidateHistory(logOf(profile), codec(['e4'])).page(sources, { limit: 10 });
    const [, unreadable] = historyDocument(page).items;
    expect(unreadable).toMatchObject({ id: 'e4', unreadable: 'unknown-type' });
    expect(unreadable).not.toHaveProperty('data');
  });
});
