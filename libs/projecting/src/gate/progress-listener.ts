import pg from 'pg';
import { PROGRESS_CHANNEL } from '../checkpoints/checkpoint-store.js';
import { Backoff, rest } from '../running/waiting.js';

export interface ProgressHandlers {
  /** A checkpoint moved to the token's position; without a token, something else about it changed. */
  onProgress(projection: string, token: string | undefined): void;
  /** Announcements may have been missed from here on. */
  onLost(): void;
}

/** Listens on a connection of its own, and comes back when it breaks. */
export class ProgressListener {
  connected = false;
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly handlers: ProgressHandlers,
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
        application_name: 'rapport-progress',
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
      });
      const gone = new AbortController();
      client.on('error', () => gone.abort());
      client.on('end', () => gone.abort());
      client.on('notification', ({ payload = '' }) => {
        const [projection = '', token] = payload.split(' ');
        this.handlers.onProgress(projection, token);
      });
      try {
        await client.connect();
        await client.query(`LISTEN ${PROGRESS_CHANNEL}`);
        this.connected = true;
        backoff.reset();
        await ended(AbortSignal.any([gone.signal, signal]));
      } catch {
        // Whoever waits polls meanwhile, and gets the error from there if PostgreSQL is away.
      }
      this.connected = false;
      this.handlers.onLost();
      await client.end().catch(() => undefined);
      await rest(backoff.next(), signal);
    }
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
