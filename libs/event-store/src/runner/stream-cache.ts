import { LRUCache } from 'lru-cache';
import type { StreamState } from './stream-state.js';

/** Streams kept in memory: a warm one decides without reading. */
const STREAMS = 50_000;

/** What a stream takes without its keys and long texts: 1 to 2 KB. */
const STREAM_BYTES = 1_500;
/** Measured. 50,000 warm streams with 200 facts each would be 3.5 GB. */
const KEY_BYTES = 349;

/** All of them together: room for `STREAMS` with ten keys each, or for 3,500 with 200. */
const MOST_BYTES = 250_000_000;

const bytesOf = ({ kept, keys }: StreamState<unknown>): number => STREAM_BYTES + KEY_BYTES * keys.size + kept;

/** The last known state of the streams that this process wrote or read lately. */
export class StreamCache {
  private readonly states: LRUCache<string, StreamState<unknown>>;

  /** @param mostBytes that the states may take, as they're estimated */
  constructor(mostBytes = MOST_BYTES) {
    this.states = new LRUCache({ max: STREAMS, maxSize: mostBytes, sizeCalculation: bytesOf });
  }

  get<S>(streamId: string): StreamState<S> | undefined {
    return this.states.get(streamId) as StreamState<S> | undefined;
  }

  /** Keys grow in place, and are weighed only here: whoever added some sets the state anew, as another object. */
  set(streamId: string, state: StreamState<unknown>): void {
    this.states.set(streamId, state);
  }

  drop(streamId: string): void {
    this.states.delete(streamId);
  }
}
