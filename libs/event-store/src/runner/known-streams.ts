import { LRUCache } from 'lru-cache';

const KNOWN_STREAMS = 500_000;

/** Which streams have events. Streams are never deleted, so a yes is remembered. */
export class KnownStreams {
  private remembered: LRUCache<string, true> | undefined;
  /** Where it's being found out. */
  private readonly asking = new Map<string, Promise<boolean>>();

  /** Made when it's first needed: it takes its memory beforehand, a sixth of a second long, and most processes need none. */
  private get known(): LRUCache<string, true> {
    return (this.remembered ??= new LRUCache({ max: KNOWN_STREAMS }));
  }

  add(streamId: string): void {
    this.known.set(streamId, true);
  }

  /**
   * Whether a stream has events. A bulk request asks about one person as many times at once as it has lines for them; the
   * store needn't be.
   * @param ask reads it from the store
   */
  async has(streamId: string, ask: (streamId: string) => Promise<boolean>): Promise<boolean> {
    if (this.known.has(streamId)) return true;
    const earlier = this.asking.get(streamId);
    // A yes holds for good. A no may have been read before what this caller knows of.
    if (earlier && (await earlier)) return true;
    let answer = this.asking.get(streamId);
    if (!answer) {
      answer = ask(streamId).finally(() => this.asking.delete(streamId));
      this.asking.set(streamId, answer);
    }
    const begun = await answer;
    if (begun) this.add(streamId);
    return begun;
  }
}
