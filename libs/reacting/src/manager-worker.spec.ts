import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock, START, type StoredEvent } from '#libs/kernel';
import { MemoryDecoder, MemoryLog } from '../../../test/support/memory-log.js';
import { until } from '../../../test/support/until.js';
import { ManagerWorker } from './manager-worker.js';
import { defineProcessManager } from './process-manager.js';
import type { ReactionStore } from './reaction-store.js';
import type { Reactions } from './reactions.js';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const manager = defineProcessManager({
  name: 'watching',
  from: 'beginning',
  definitions: [],
  listensTo: ['thing.happened'],
  correlate: () => 'all',
  initial: {},
  decide: () => [],
  evolve: (state) => state,
});

describe('The worker of a process manager', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** Runs one over a log in memory. By itself it looks only once an hour. */
  const working = (
    act: (event: StoredEvent) => Promise<void>,
    more: Partial<Record<keyof ReactionStore | keyof Reactions, unknown>> = {},
  ) => {
    const log = new MemoryLog();
    const decoder = new MemoryDecoder();
    const stopping = new AbortController();
    const parked: string[] = [];
    const store = {
      position: () => Promise.resolve(START),
      advance: () => Promise.resolve(),
      due: () => Promise.resolve([]),
      toReplay: () => Promise.resolve([]),
      park: (input: string) => Promise.resolve(void parked.push(input)),
      ...more,
    } as unknown as ReactionStore;
    const reactions = {
      instancesOf: () => Promise.resolve([{ id: '1', key: 'all' }]),
      take: act,
      ...more,
    } as unknown as Reactions;
    const worker = new ManagerWorker({
      manager,
      reactions,
      store,
      log,
      decoder,
      logger,
      clock: systemClock,
      deadlinePollMs: 3_600_000,
      signal: stopping.signal,
    });
    const running = worker.run();
    closers.push(async () => {
      stopping.abort();
      await running;
    });
    return { log, decoder, worker, parked, stopping, running };
  };

  /** One that was handed an event while it looks for deadlines, which it does until `look` is called. */
  const surprised = async (act: (event: StoredEvent) => Promise<void>) => {
    let looking = false;
    let look = (): void => undefined;
    const due = () =>
      new Promise((resolve) => {
        looking = true;
        look = () => resolve([]);
      });
    const { log, worker } = working(act, { due });
    closers.unshift(() => Promise.resolve(look()));
    await until('it looks for deadlines', () => looking);
    const at = log.append({ type: 'thing.happened' });
    await until('the event has come', () => worker.received.commit === at.commit);
    return { worker, at, look: () => look() };
  };

  it('tries a reaction again that PostgreSQL ended for another one, and sets nothing aside', async () => {
    let tries = 0;
    const { log, parked } = working(() => {
      tries++;
      return tries === 1
        ? Promise.reject(Object.assign(new Error('deadlock detected'), { code: '40P01' }))
        : Promise.resolve();
    });
    log.append({ type: 'thing.happened' });
    await until('it was tried again, or set aside', () => tries === 2 || parked.length > 0);
    expect(parked).toEqual([]);
  });

  it('sets an own event aside that only a newer release knows, and passes nothing of its own over', async () => {
    const { log, decoder, worker, parked } = working(() => Promise.resolve());
    decoder.failing.set('watching.begun', 'unknown-type');
    log.append({ type: 'watching.begun', streamId: 'watching-1' }, { type: 'watching-too.begun' });
    await until('it has come to the end', () => worker.received.commit === 2n && worker.lagSeconds === 0);
    expect(parked).toEqual([log.events[0]?.id]);
  });

  it('lags behind what it received and cannot decode, as far as it is for it', async () => {
    const { log, decoder, worker } = working(() => Promise.resolve());
    log.append({ type: 'other.happened' });
    await until('it has come to the end', () => worker.received.commit === 1n);
    expect(worker.lagSeconds).toBe(0);
    decoder.away = true;
    const raws = log.events;
    log.append({ type: 'other.happened' }, { type: 'thing.happened' });
    await until('it lags', () => worker.lagSeconds > 0);
    const age = (Date.now() - (raws[2]?.recordedAt.getTime() ?? 0)) / 1_000;
    expect(worker.lagSeconds).toBeCloseTo(age, -1);
    decoder.away = false;
    await until('it has come to the end', () => worker.received.commit === 3n && worker.lagSeconds === 0);
  });

  it('lags behind what it was handed while it waits for deadlines', async () => {
    const { worker, look } = await surprised(() => Promise.resolve());
    expect(worker.lagSeconds).toBeGreaterThan(0);
    look();
    await until('the event is handled', () => worker.lagSeconds === 0);
  });

  it('leaves a deadline that it cannot meet, where it stops before it is set aside', async () => {
    const deadline = { instance: '1', name: 'later', dueAt: new Date(0), setBy: 'event', correlationId: 'event' };
    const fired: unknown[] = [];
    let fail: (() => void) | undefined;
    const { parked, stopping, running } = working(() => Promise.resolve(), {
      due: () => Promise.resolve([deadline]),
      fire: () => new Promise((_, reject) => (fail = () => reject(new Error('Nobody knows what to do.')))),
      fired: (one: unknown) => Promise.resolve(void fired.push(one)),
    });
    await until('it meets the deadline', () => fail !== undefined);
    stopping.abort();
    fail?.();
    await running;
    expect({ fired, parked }).toEqual({ fired: [], parked: [] });
  });

  it('takes up at once what came while it looked for deadlines', async () => {
    const taken: StoredEvent[] = [];
    const { at, look } = await surprised((event) => Promise.resolve(void taken.push(event)));
    look();
    await until('the event is taken up', () => taken.length > 0);
    expect(taken.map(({ position }) => position)).toEqual([at]);
  }, 10_000);
});
