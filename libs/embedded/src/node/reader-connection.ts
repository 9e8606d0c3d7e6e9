import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';

/** Stored events go out as the bytes that they are. */
export type ReadCall = ServerWritableStream<streams.ReadReq, Buffer | streams.ReadResp>;

/** What goes to one reader, with back-pressure. One listener for each happening, however long the reader stays. */
export class ReaderConnection {
  private cancelled = false;
  private wake: () => void = () => undefined;

  constructor(private readonly call: ReadCall) {
    call.on('drain', () => this.wake());
    for (const gone of ['cancelled', 'close'])
      call.on(gone, () => {
        this.cancelled = true;
        this.wake();
      });
  }

  get gone(): boolean {
    return this.cancelled || this.call.destroyed;
  }

  /** False where the reader is slow: then wait for `drained` before the next message. */
  write(message: Buffer | streams.ReadResp): boolean {
    return this.gone || this.call.write(message);
  }

  async drained(): Promise<void> {
    while (!this.gone && this.call.writableNeedDrain) await this.woken();
  }

  /** Waits for a signal, or for the reader to go away. */
  async idle(signal: Promise<void>): Promise<void> {
    if (!this.gone) await Promise.race([signal, this.woken()]);
  }

  end(): void {
    if (!this.gone) this.call.end();
  }

  fail(error: Error): void {
    if (!this.gone) this.call.emit('error', error);
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
