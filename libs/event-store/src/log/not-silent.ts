import { EventStoreUnavailableError } from '../errors.js';

const LOOKS = 4;

/**
 * What the stream gives; throws EventStoreUnavailableError when it lets its reader wait for longer than that. The time
 * that the reader takes itself doesn't count.
 */
export async function* notSilent<T>(
  stream: AsyncIterable<T> & { destroy(error: Error): unknown },
  silenceMilliseconds: number,
): AsyncGenerator<T> {
  let waiting = true;
  let looks = 0;
  // Several looks: a process that was busy itself for the whole time finds what came before the next one.
  const timer = setInterval(() => {
    looks = waiting ? looks + 1 : 0;
    if (looks >= LOOKS) stream.destroy(new EventStoreUnavailableError());
  }, silenceMilliseconds / LOOKS);
  try {
    for await (const item of stream) {
      waiting = false;
      yield item;
      waiting = true;
      looks = 0;
    }
  } finally {
    clearInterval(timer);
  }
}
