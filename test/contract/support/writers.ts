import { NO_STREAM, WrongExpectedVersionError, type EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';
import { all, newStream, numbered, numbersOf, positionOf } from './event-store.js';

const RETRY_MILLISECONDS = 20;

/** Writers that each fill a stream, and send the same events again for as long as they don't know the outcome. */
export class Writers {
  private stopped = false;
  private readonly acknowledged = new Map<string, number>();
  private readonly working: Promise<void>[];
  retries = 0;

  constructor(
    private readonly client: EventStoreDBClient,
    count: number,
    private readonly type: string,
  ) {
    this.working = Array.from({ length: count }, () => this.write(newStream()));
  }

  get total(): number {
    return [...this.acknowledged.values()].reduce((sum, n) => sum + n, 0);
  }

  /** Ends them; each has an answer for all that it sent. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  /** What's wrong with what the log holds; empty if nothing is. */
  async complaints(): Promise<string[]> {
    const found: string[] = [];
    for (const [stream, count] of this.acknowledged) {
      const numbers = numbersOf(await all(this.client.readStream(stream)));
      const expected = Array.from({ length: count }, (_, n) => n);
      if (numbers.join() !== expected.join()) found.push(`${stream}: ${count} acknowledged, found ${numbers.join()}`);
    }
    const log = (await all(this.client.readAll())).filter(({ event }) => event?.type === this.type);
    if (log.length !== this.total) found.push(`${this.total} acknowledged, ${log.length} in the log`);
    const positions = log.map((event) => positionOf(event).commit);
    if (new Set(positions).size !== positions.length) found.push('two events have the same position');
    return found;
  }

  private async write(stream: string): Promise<void> {
    for (let n = 0; !this.stopped; n++) {
      await this.append(stream, n);
      this.acknowledged.set(stream, n + 1);
    }
  }

  /** An event has one id however often it's sent, so that it's there once. */
  private async append(stream: string, n: number): Promise<void> {
    const event = numbered(1, this.type, n);
    for (;;) {
      try {
        const expectedRevision = n === 0 ? NO_STREAM : BigInt(n - 1);
        const { nextExpectedRevision } = await this.client.appendToStream(stream, event, { expectedRevision });
        if (nextExpectedRevision !== BigInt(n)) throw new Error(`Answered ${nextExpectedRevision} instead of ${n}.`);
        return;
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) throw error;
        this.retries++;
        await wait(RETRY_MILLISECONDS);
      }
    }
  }
}
