import { EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';

const CLOSE_MILLISECONDS = 2_000;

/** The client waits for every call to end, and some never tell it. */
export const bounded = async (closing: Promise<unknown>): Promise<void> => {
  const bound = new AbortController();
  await Promise.race([
    closing,
    wait(CLOSE_MILLISECONDS, undefined, { ref: false, signal: bound.signal }).catch(() => undefined),
  ]);
  bound.abort();
};

/** What the client keeps to itself; its `dispose` ends the calls, and leaves the connection. */
interface WithChannel {
  getChannel(): Promise<{ close(): void }>;
}

const closeAll = async (client: EventStoreDBClient): Promise<void> => {
  const channel = await (client as unknown as WithChannel).getChannel();
  const disposed = client.dispose();
  channel.close();
  await disposed;
};

/**
 * One client at a time, which is replaced when it has fallen silent. The client proves its connection by itself, but not
 * while it's being made: to a server that accepts connections and says nothing it would go on connecting for ever, and
 * every call would wait for that, whatever its deadline.
 */
export class StoreConnection {
  private current: EventStoreDBClient;
  private renewing: Promise<void> | undefined;
  private isClosed = false;

  /** @param url an `esdb://` or `esdb+discover://` connection string */
  constructor(private readonly url: string) {
    this.current = EventStoreDBClient.connectionString(url);
  }

  /** For calls that needn't wait: one that begins while the client is replaced fails. */
  get client(): EventStoreDBClient {
    return this.current;
  }

  /** The client, once it isn't being replaced. */
  async settled(): Promise<EventStoreDBClient> {
    await this.renewing;
    return this.current;
  }

  /** Whether what this client gives can be relied on: it isn't being closed. */
  holds(client: EventStoreDBClient): boolean {
    return client === this.current && !this.renewing && !this.isClosed;
  }

  /** Replaces the client by which a call got no answer, unless that was done already. */
  renew(silent: EventStoreDBClient): void {
    if (!this.holds(silent)) return;
    // One after the other: the appends of all clients wait in one table, which the end of any one's calls clears.
    this.renewing = bounded(closeAll(silent).catch(() => undefined)).then(() => {
      if (!this.isClosed) this.current = EventStoreDBClient.connectionString(this.url);
      this.renewing = undefined;
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.renewing;
    await bounded(closeAll(this.current).catch(() => undefined));
  }
}
