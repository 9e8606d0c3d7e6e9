import { START } from '#libs/kernel';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryDecoder, MemoryLog } from '../../../../test/support/memory-log.js';
import { until as eventually } from '../../../../test/support/until.js';
import { defaultTuning } from '../running/tuning.js';
import { ChunkQueue } from './chunk-queue.js';
import { LogReader } from './log-reader.js';
import { positionOf } from './log-source.js';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const tuning = {
  ...defaultTuning,
  batchEvents: 10,
  readAheadEvents: 20,
  lingerMs: 5,
  firstBackoffMs: 1,
  silenceMs: 10,
};

const things = (count: number) => Array.from({ length: count }, () => ({ type: 'thing.happened' }));
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i + 1);

describe('A log reader', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const open = (log: MemoryLog, after = START, decoder = new MemoryDecoder()) => {
    const reader = new LogReader(after, { log, decoder, logger, tuning });
    const queue = new ChunkQueue(after, tuning);
    reader.sinks.add(queue);
    closers.push(async () => {
      queue.close();
      await reader.close();
    });
    const seen: number[] = [];
    const until = async (count: number): Promise<number[]> => {
      while (seen.length < count) {
        const chunk = await queue.take();
        seen.push(...(chunk?.items ?? []).map((item) => Number(positionOf(item).commit)));
      }
      return seen;
    };
    return { reader, queue, until };
  };

  it('hands on everything once, in order, in chunks no larger than asked for', async () => {
    const log = new MemoryLog();
    log.append(...things(95));
    const { until } = open(log);
    expect(await until(95)).toEqual(numbers(0, 95));
    log.append(...things(7));
    expect(await until(102)).toEqual(numbers(0, 102));
  });

  it('holds the log back while nobody takes, and loses nothing by it', async () => {
    const log = new MemoryLog();
    log.append(...things(500));
    const { queue, until } = open(log);
    await expect(queue.take()).resolves.toBeDefined();
    expect(queue.waiting).toBeLessThanOrEqual(2 * tuning.batchEvents);
    expect((await until(490)).at(-1)).toBe(500);
  });

  it('goes on after a dropped subscription where it was', async () => {
    const log = new MemoryLog();
    log.append(...things(30));
    const { until } = open(log);
    await until(5);
    log.dropSubscriptions();
    log.append(...things(30));
    expect(await until(60)).toEqual(numbers(0, 60));
    expect(log.subscriptions).toBe(2);
  });

  it('notices a subscription that has fallen silent', async () => {
    const log = new MemoryLog();
    log.append(...things(3));
    const { until } = open(log);
    await until(3);
    log.fallSilent();
    log.append(...things(2));
    expect(await until(5)).toEqual(numbers(0, 5));
  });

  it('shows what it has received while that cannot be decoded, and hands it on once it can', async () => {
    const log = new MemoryLog();
    const first = log.append(...things(1));
    const decoder = new MemoryDecoder();
    decoder.away = true;
    const { reader, until } = open(log, START, decoder);
    log.append(...things(2));
    await eventually('a try in vain', () => reader.retrying && reader.heldAfter(START).events === 3);
    expect(reader.heldAfter(START).since).toEqual(log.events[0]?.recordedAt);
    expect(reader.heldAfter(first)).toEqual({ events: 2, since: log.events[1]?.recordedAt });
    decoder.away = false;
    expect(await until(3)).toEqual(numbers(0, 3));
    await eventually('nothing held', () => !reader.retrying && reader.heldAfter(START).events === 0);
  });

  it('lets go whoever has no room once others have, also where none had any when it first looked', async () => {
    const log = new MemoryLog();
    log.append(...things(200));
    const [hanging, taking] = [new ChunkQueue(START, tuning), new ChunkQueue(START, tuning)];
    let waited = 0;
    let foundFull: () => void = () => undefined;
    const noneHadRoom = new Promise<void>((resolve) => (foundFull = resolve));
    const looking = {
      ...tuning,
      get leaveAfterMs() {
        // It looks again without having handed anything on.
        if (waited > 0 && waited === hanging.waiting + taking.waiting) foundFull();
        waited = hanging.waiting + taking.waiting;
        return 1;
      },
    };
    const reader = new LogReader(START, {
      log,
      decoder: new MemoryDecoder(),
      logger,
      tuning: looking,
      onLag: ({ sinks }, sink) => sinks.delete(sink),
    });
    for (const queue of [hanging, taking]) reader.sinks.add(queue);
    closers.push(async () => {
      for (const queue of [hanging, taking]) queue.close();
      await reader.close();
    });
    await noneHadRoom;
    let seen = 0;
    while (seen < 200) seen += (await taking.take())?.items.length ?? 0;
    expect([...reader.sinks]).toEqual([taking]);
  });

  it('lets a queue take from another reader what it does not have yet', async () => {
    const log = new MemoryLog();
    log.append(...things(20));
    const first = open(log);
    await first.until(20);
    const second = open(log);
    second.reader.sinks.add(first.queue);
    log.append(...things(5));
    expect(await first.until(25)).toEqual(numbers(0, 25));
    expect(await second.until(25)).toEqual(numbers(0, 25));
  });
});
