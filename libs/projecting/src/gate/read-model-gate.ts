import { comparePositions, decodePosition, type LogPosition } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ChannelListener } from '../announcing/channel-listener.js';
import { announceWanted, ASIDE, PROGRESS_CHANNEL } from '../announcing/channels.js';
import { readCheckpoints } from '../checkpoints/checkpoint-store.js';
import { lacksEvents, withLetters } from '../checkpoints/dead-letters.js';
import { Bell } from '../running/waiting.js';

/**
 * `behind`: not in time. `paused`: stopped before the position, and won't move until someone looks at it. `set-aside`: it has
 * passed the position, and what's asked for was set aside.
 */
export type GateAnswer = 'reached' | 'behind' | 'paused' | 'set-aside';

/** How long an announcement may be missed for. */
const POLL_MILLISECONDS = 250;

interface Known {
  readonly position: LogPosition;
  readonly stopped: boolean;
  /** Whether anything up to `position` may be set aside. Where nothing is, nobody has to look. */
  readonly aside: boolean;
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
   * @param about ids of the person whom it's asked about, if it's one: nothing of theirs up to the position may be set aside
   */
  async waitFor(
    projection: string,
    position: LogPosition,
    timeoutMs: number,
    about: readonly string[] = [],
  ): Promise<GateAnswer> {
    const answer = await this.passing(projection, position, timeoutMs);
    // Letters that aren't there at this position once it was passed never will be.
    if (answer !== 'reached' || this.known.get(projection)?.aside === false) return answer;
    return (await lacksEvents(this.database, projection, position, about)) ? 'set-aside' : answer;
  }

  private async passing(projection: string, position: LogPosition, timeoutMs: number): Promise<GateAnswer> {
    this.listener.start();
    if (this.listener.connected && this.hasReached(projection, position)) return 'reached';
    const deadline = Date.now() + timeoutMs;
    for (let askAt = 0; ;) {
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
      // Nothing was waited for since it was looked: no news is missed.
      await this.news.rungWithin(left);
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
    const [projection = '', token, aside] = payload.split(' ');
    this.wanted.delete(projection);
    const position = token === undefined ? undefined : decodePosition(token);
    if (position) this.known.set(projection, { position, stopped: false, aside: aside === ASIDE });
    else this.known.delete(projection);
    this.news.ring();
  }

  /** All who wait ask together. */
  private ask(): Promise<void> {
    this.asking ??= this.readAll().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async readAll(): Promise<void> {
    const checkpoints = await readCheckpoints(this.database);
    // Afterwards: what was set aside on the way to these positions is among them.
    const lacking = await withLetters(this.database);
    for (const { projection, generation, position, state } of checkpoints) {
      if (generation !== 'live') continue;
      const stopped = state !== 'running';
      const heard = this.known.get(projection);
      // An announcement may have overtaken the answer.
      if (heard && comparePositions(heard.position, position) > 0) this.known.set(projection, { ...heard, stopped });
      else this.known.set(projection, { position, stopped, aside: lacking.has(projection) });
    }
  }
}
