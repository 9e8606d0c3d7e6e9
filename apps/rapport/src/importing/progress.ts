import { SingleBar } from 'cli-progress';
import type { Readable } from 'node:stream';

/** A bar over the bytes of a file, on a terminal only; elsewhere nothing is drawn. */
export class ByteProgress {
  private readonly bar: SingleBar | undefined;
  private records = 0;

  /** @param size of the file in bytes */
  constructor(size: number) {
    if (!process.stderr.isTTY || size === 0) return;
    this.bar = new SingleBar({
      format: ' {bar} {percentage}% | {records} records | {eta_formatted} left',
      stream: process.stderr,
      clearOnComplete: true,
    });
    this.bar.start(size, 0, { records: 0 });
  }

  /** The same stream, counted. */
  watch(input: Readable): Readable {
    input.on('data', (chunk: Buffer) => this.bar?.increment(chunk.length, { records: this.records }));
    return input.pause();
  }

  recordDone(): void {
    this.records++;
  }

  stop(): void {
    this.bar?.stop();
  }
}
