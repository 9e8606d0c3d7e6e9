import { LRUCache } from 'lru-cache';
import type { StreamState } from './stream-state.js';

/** Streams kept in memory: a warm one decides without reading. About 1–2 KB each while histories are short. */
const STREAMS = 50_000;

/** The last known state of the streams that this process wrote or read lately. */
export class StreamCache {
  private readonly states = new LRUCache<string, StreamState<unknown>>({ max: STREAMS });

  get<S>(streamId: string): StreamState<S> | undefined {
    return this.states.get(streamId) as StreamState<S> | undefined;
  }

  set(streamId: string, state: StreamState<unknown>): void {
    this.states.set(streamId, state);
  }

  drop(streamId: string): void {
    this.states.delete(streamId);
  }
}
