import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { EventStoreUnavailableError } from '../errors.js';
import { notSilent } from './not-silent.js';

describe('A read', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('that falls silent is given up, after what came was handed on', async () => {
    const stream = new PassThrough({ objectMode: true });
    stream.write('first');
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const item of notSilent<string>(stream, 20)) seen.push(item);
    };
    await expect(read()).rejects.toBeInstanceOf(EventStoreUnavailableError);
    expect({ seen, destroyed: stream.destroyed }).toEqual({ seen: ['first'], destroyed: true });
  });

  it('whose reader takes its time is not', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const stream = new PassThrough({ objectMode: true });
    stream.write('first');
    stream.end('last');
    const seen: string[] = [];
    for await (const item of notSilent<string>(stream, 20)) {
      seen.push(item);
      jest.advanceTimersByTime(60);
    }
    expect(seen).toEqual(['first', 'last']);
  });
});
