import { comparePositions, decodePosition, type LogPosition } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ChannelListener } from '../announcing/channel-listener.js';
import { announceWanted, PROGRESS_CHANNEL } from '../announcing/channels.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { Bell, within } from '../running/waiting.js';

/** `behind`: not in time. `paused`: stopped before the position, and won't move until someone looks at it. */
export type GateAnswer = 'reached' | 'behind' | 'paused';

/** How long an announcement may be missed for. */
const POLL_MILLISECONDS = 250;

interface Known {
  readonly position: LogPosition;
  readonly stopped: boolean;
}

/**
 * Lets a query wait until a read model has taken in what its caller knows of. Positions come by notification; what's
 * missed is found by asking again. What it remembers it forgets when the connection breaks, since a server that crashed
 * may have gone back a little.
 */
@Injectable()
export class ReadModelGate implements OnApplicationShutdown {
  private readonly known = new Map<string, Known>();
  /** When each was asked for, if it hasn't been heard of since. */
  private readonly wanted = new Map<string, number>();
  private readonly news = new Bell();
  private readonly listener: ChannelListener;
  private asking: Promise<void> | undefined;

  constructor(private readonly database: Database) {
    this.listener = new ChannelListener(database.url, PROGRESS_CHANNEL, {
      onAnnounced: (payload) => this.onProgress(payload),
      onLost: () => this.forget(),
    });
  }

  /**
   * Resolves as soon as the live generation of the projection has reached the position, or isn't going to, or after the
   * time, in milliseconds. Throws DatabaseUnavailableError.
   */
  async waitFor(projection: string, position: LogPosition, timeoutMs: number): Promise<GateAnswer> {
    this.listener.start();
    if (this.listener.connected && this.hasReached(projection, position)) return 'reached';
    const deadline = Date.now() + timeoutMs;
    for (let askAt = 0; ;) {
      const news = this.news.rung();
      // What's remembered counts only while the connection that would tell of a crash holds.
      if (Date.now() >= askAt || !this.listener.connected || !this.known.has(projection)) {
        await this.ask();
        askAt = Date.now() + POLL_MILLISECONDS;
      }
      if (this.hasReached(projection, position)) return 'reached';
      if (this.known.get(projection)?.stopped) return 'paused';
      const left = Math.min(deadline, askAt) - Date.now();
      if (deadline <= Date.now()) return 'behind';
      this.want(projection);
      await within(left, news);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.close();
  }

  private hasReached(projection: string, position: LogPosition): boolean {
    const known = this.known.get(projection);
    return known !== undefined && comparePositions(known.position, position) >= 0;
  }

  /** Once for all who wait, until there's news. */
  private want(projection: string): void {
    const now = Date.now();
    if (now - (this.wanted.get(projection) ?? 0) < POLL_MILLISECONDS) return;
    this.wanted.set(projection, now);
    // Whether it's heard or not: who waits hears of progress, or asks.
    announceWanted(this.database, projection).catch(() => undefined);
  }

  private forget(): void {
    this.known.clear();
    this.wanted.clear();
  }

  private onProgress(payload: string): void {
    const [projection = '', token] = payload.split(' ');
    this.wanted.delete(projection);
    const position = token === undefined ? undefined : decodePosition(token);
    if (position) this.known.set(projection, { position, stopped: false });
    else this.known.delete(projection);
    this.news.ring();
  }

  /** All who wait ask together. */
  private ask(): Promise<void> {
    this.asking ??= this.readAll().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async readAll(): Promise<void> {
    for (const { projection, generation, position, state } of await readCheckpoints(this.database)) {
      if (generation !== 'live') continue;
      const heard = this.known.get(projection)?.position ?? position;
      // An announcement may have overtaken the answer.
      const latest = comparePositions(heard, position) > 0 ? heard : position;
      this.known.set(projection, { position: latest, stopped: state !== 'running' });
    }
  }
}
