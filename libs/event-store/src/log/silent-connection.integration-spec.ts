import { newId, START, type LogPosition } from '#libs/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TcpProxy } from '../../../../test/support/tcp-proxy.js';
import { until } from '../../../../test/support/until.js';
import { EventStoreUnavailableError } from '../errors.js';
import { EventLog } from './event-log.js';
import type { LogSubscription, RawEvent } from './raw-event.js';

const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
/** The client's own defaults are 10 s each. */
const ASKED_EVERY = 1_000;
const ANSWERED_WITHIN = 1_000;
const BUSY_MILLISECONDS = 4_000;

describe('A connection to the event store that has gone silent', () => {
  const streamId = `spec-${newId()}`;
  let proxy: TcpProxy;
  let direct: EventLog;
  let log: EventLog;
  const open: LogSubscription[] = [];

  beforeAll(async () => {
    proxy = await TcpProxy.to(eventStoreUrl);
    direct = new EventLog(eventStoreUrl, 'spec');
    const url = new URL(proxy.instead(eventStoreUrl));
    url.searchParams.set('keepAliveInterval', String(ASKED_EVERY));
    url.searchParams.set('keepAliveTimeout', String(ANSWERED_WITHIN));
    log = new EventLog(url.href, 'spec');
  });

  afterEach(async () => {
    for (const subscription of open.splice(0)) await subscription.close();
  });

  afterAll(async () => {
    await log.close();
    await direct.close();
    await proxy.close();
  });

  const append = async (expected: number | 'no-stream'): Promise<LogPosition> =>
    (await direct.append(streamId, expected, [{ id: newId(), type: 'thing.happened', data: {}, metadata: {} }]))
      .position;

  /** What comes of this spec's stream, and how it ended. */
  const subscribe = (after: LogPosition) => {
    const seen: RawEvent[] = [];
    const ends: (Error | undefined)[] = [];
    open.push(
      log.subscribe({
        after,
        onItem: (item) => {
          if (item.kind === 'event' && item.event.streamId === streamId) seen.push(item.event);
        },
        onEnd: (error) => ends.push(error),
      }),
    );
    return { seen, ends };
  };

  it('ends its subscriptions in time, and the next one goes on where they stopped', async () => {
    const before = await direct.head();
    const first = await append('no-stream');
    const silent = subscribe(before);
    await until('the first event', () => silent.seen.length === 1);
    await proxy.become({ kind: 'blackhole', forGood: true });
    const silentSince = performance.now();
    await proxy.become({ kind: 'forward' });
    await append(0);
    await until('the subscription to end', () => silent.ends.length > 0);
    expect(performance.now() - silentSince).toBeLessThan(ASKED_EVERY + ANSWERED_WITHIN + BUSY_MILLISECONDS);
    expect(silent.ends).toEqual([expect.any(EventStoreUnavailableError)]);
    expect(silent.seen.map(({ revision }) => revision)).toEqual([0]);

    const next = subscribe(first);
    await until('the second event', () => next.seen.length === 1);
    expect(next.seen.map(({ revision }) => revision)).toEqual([1]);
  });

  it('is made anew where it was silent from the beginning, as the client alone never would', async () => {
    await proxy.become({ kind: 'blackhole', forGood: true });
    const unheard = new EventLog(proxy.instead(eventStoreUrl), 'spec');
    try {
      const appended = unheard.append(`spec-${newId()}`, 'no-stream', [
        { id: newId(), type: 'thing.happened', data: {}, metadata: {} },
      ]);
      // It has events: what's read from a client that is being closed must not look like a stream without any.
      const read = unheard.lastRevision(streamId);
      for (const outcome of await Promise.allSettled([appended, read]))
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreUnavailableError) });
      await proxy.become({ kind: 'forward' });
      expect(await unheard.lastRevision(streamId)).toBe(1);
    } finally {
      await unheard.close();
    }
  });

  it('is made anew too where all that there is on it is a subscription that nobody confirms', async () => {
    await proxy.become({ kind: 'blackhole', forGood: true });
    const unheard = new EventLog(proxy.instead(eventStoreUrl), 'spec');
    const ended = () =>
      new Promise<Error | undefined>((onEnd) => {
        open.push(unheard.subscribe({ after: START, onItem: () => undefined, onEnd }));
      });
    try {
      expect(await ended()).toBeInstanceOf(EventStoreUnavailableError);
      await proxy.become({ kind: 'forward' });
      expect(await unheard.lastRevision(streamId)).toBe(1);
    } finally {
      await unheard.close();
    }
  });
});
