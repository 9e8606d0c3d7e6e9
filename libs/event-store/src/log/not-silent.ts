import { EventStoreUnavailableError } from '../errors.js';

const LOOKS = 4;

/**
 * What the stream gives; throws EventStoreUnavailableError when it lets its reader wait for longer than that. The time
 * that the reader takes itself doesn't count.
 * @param onSilence called before it throws
 */
export async function* notSilent<T>(
  stream: AsyncIterable<T> & { destroy(error: Error): unknown },
  silenceMilliseconds: number,
  onSilence: () => void = () => undefined,
): AsyncGenerator<T> {
  let waiting = true;
  let looks = 0;
  // Several looks: a process that was busy itself for the whole time finds what came before the next one.
  const timer = setInterval(() => {
    looks = waiting ? looks + 1 : 0;
    if (looks < LOOKS) return;
    clearInterval(timer);
    stream.destroy(new EventStoreUnavailableError());
    onSilence();
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

/**
 * Calls `onSilence` where nothing is heard for that long.
 * @returns what to call once something was heard, or nobody listens any more
 */
export const unlessHeard = (milliseconds: number, onSilence: () => void): (() => void) => {
  let looks = 0;
  const timer = setInterval(() => {
    if (++looks < LOOKS) return;
    clearInterval(timer);
    onSilence();
  }, milliseconds / LOOKS);
  return () => clearInterval(timer);
};

/** What it gives; throws EventStoreUnavailableError, and calls `onSilence`, where that takes longer. */
export const within = async <T>(answer: Promise<T>, milliseconds: number, onSilence: () => void): Promise<T> => {
  let bound: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    bound = setTimeout(() => {
      reject(new EventStoreUnavailableError());
      onSilence();
    }, milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(bound);
  }
};
