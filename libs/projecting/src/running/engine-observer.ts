import type { GenerationId } from '../checkpoints/checkpoint.js';

export interface BatchWritten extends GenerationId {
  /** Events that the projection handles. */
  readonly events: number;
  /** Rows written or removed. */
  readonly rows: number;
  /** From loading the rows to the commit. */
  readonly milliseconds: number;
  /** Of the requests that caused its events, where these are traced; so many at most. */
  readonly traceparents: readonly string[];
}

/** Told what happens, for metrics. Must not throw. */
export interface EngineObserver {
  onBatch?(batch: BatchWritten): void;
  /** An event was set aside because it can't be taken in. */
  onParked?(parked: GenerationId & { readonly eventType: string; readonly reason: string }): void;
  /** A batch met passing trouble and is tried again. */
  onRetry?(generation: GenerationId): void;
}
