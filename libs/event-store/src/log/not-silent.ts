import { EventStoreUnavailableError } from '../errors.js';

/**
 * What the stream gives; throws EventStoreUnavailableError when it lets its reader wait for longer than that. The time
 * that the reader takes itself doesn't count.
 */
export async function* notSilent<T>(
  stream: AsyncIterable<T> & { destroy(error: Error): unknown },
  silenceMilliseconds: number,
): AsyncGenerator<T> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) stream.destroy(new EventStoreUnavailableError());
  }, silenceMilliseconds);
  try {
    for await (const item of stream) {
      waiting = false;
      yield item;
      waiting = true;
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
  }
}
