import pg from 'pg';
import { Backoff, rest, within } from '../running/waiting.js';

export interface ChannelHandlers {
  onAnnounced(payload: string): void;
  /**
   * Announcements may have been missed from here on. Said of a new connection too, before it counts: what was learnt without
   * one may be of a server that has crashed since.
   */
  onLost?(): void;
}

/** How often the connection has to prove that it's there, and how long it may take: what it told counts no longer than that. */
const PROOF_MILLISECONDS = 1_000;
const ANSWER_MILLISECONDS = 2_000;
const CLOSE_MILLISECONDS = 1_000;

/** Listens to what's announced on a channel of PostgreSQL, on a connection of its own, and comes back when that breaks. */
export class ChannelListener {
  connected = false;
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly channel: string,
    private readonly handlers: ChannelHandlers,
  ) {}

  /** Once is enough; again does nothing. */
  start(): void {
    if (!this.closing.signal.aborted) this.running ??= this.run();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const backoff = new Backoff(100, 5_000);
    const { signal } = this.closing;
    while (!signal.aborted) {
      const client = new pg.Client({
        connectionString: this.databaseUrl,
        application_name: this.channel.replace('_', '-'),
        connectionTimeoutMillis: 5_000,
        query_timeout: ANSWER_MILLISECONDS,
        keepAlive: true,
      });
      const gone = new AbortController();
      client.on('error', () => gone.abort());
      client.on('end', () => gone.abort());
      client.on('notification', ({ payload = '' }) => this.handlers.onAnnounced(payload));
      try {
        await client.connect();
        await client.query(`LISTEN ${this.channel}`);
        this.handlers.onLost?.();
        this.connected = true;
        backoff.reset();
        await this.holds(client, AbortSignal.any([gone.signal, signal]));
      } catch {
        // Whoever waits polls meanwhile, and gets the error from there if PostgreSQL is away.
      }
      this.connected = false;
      this.handlers.onLost?.();
      // A connection that died without a word never says that it has ended.
      await within(
        CLOSE_MILLISECONDS,
        client.end().catch(() => undefined),
      );
      await rest(backoff.next(), signal);
    }
  }

  /** Resolves when the connection has ended or the listener closes; throws when it doesn't answer any more. */
  private async holds(client: pg.Client, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await rest(PROOF_MILLISECONDS, over);
      if (!over.aborted) await client.query('SELECT 1');
    }
  }
}
