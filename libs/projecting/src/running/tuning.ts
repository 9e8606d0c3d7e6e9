/** How the engine trades latency for throughput. Times are in milliseconds. */
export interface Tuning {
  /** A batch is written once it has this many events… */
  readonly batchEvents: number;
  /** The same for a generation that is being built. */
  readonly buildBatchEvents: number;
  /** …or once its first event has waited this long while more are on their way. With nothing more at hand: at once. */
  readonly lingerMs: number;
  /** The same where somebody waits for the read model. */
  readonly wantedLingerMs: number;
  /** The same for a generation that is being built. */
  readonly buildLingerMs: number;
  /** A batch begins no sooner than this after one with events: with a dozen read models, batches of one event are thousands a second. */
  readonly batchEveryMs: number;
  /** The same where somebody waits for the read model. */
  readonly wantedEveryMs: number;
  /** Where nothing changed a row, and nobody waits, the position is stored this often, once there's nothing more. */
  readonly ignoredEveryMs: number;
  /**
   * Under load, the next batch waits this long for each event of the last one, `lingerMs` at most, unless somebody waits.
   * A small batch costs nearly as much as a large one, so the more there is to do the larger they get.
   */
  readonly paceMsPerEvent: number;
  /** After a batch, the next one waits so many times as long as that took, `lingerMs` at most. */
  readonly restFactor: number;
  /** While it catches up, a reader gathers events for this long before it decodes them. */
  readonly gatherMs: number;
  /** Events that a reader holds undecoded before it stops the subscription. */
  readonly readAheadEvents: number;
  /** Batches that change no row store their position this often while catching up; at once when there's nothing more. */
  readonly ignoredEventsMs: number;
  /** Positions of the store's own events are stored this often: nobody waits for them. */
  readonly storeCheckpointMs: number;
  /** A projection that fails, or takes nothing, for longer than this leaves its reader, so that the others needn't wait. */
  readonly leaveAfterMs: number;
  /** So many subjects may have events set aside; with more, it's the program that's broken, and the projection stops. */
  readonly mostParkedScopes: number;
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** How often a process that lost the election tries again, and the winner looks for what there is to work on. */
  readonly electionMs: number;
  /** How often what was live before is looked at for what was erased since. */
  readonly erasedEveryMs: number;
  /** How long a subscription may be silent before it's compared with the log's head. */
  readonly silenceMs: number;
}

export const defaultTuning: Tuning = {
  batchEvents: 2_000,
  buildBatchEvents: 10_000,
  lingerMs: 250,
  wantedLingerMs: 20,
  buildLingerMs: 1_000,
  batchEveryMs: 100,
  wantedEveryMs: 5,
  ignoredEveryMs: 100,
  paceMsPerEvent: 2,
  restFactor: 1,
  gatherMs: 20,
  readAheadEvents: 4_000,
  ignoredEventsMs: 1_000,
  storeCheckpointMs: 5_000,
  leaveAfterMs: 2_000,
  mostParkedScopes: 100,
  firstBackoffMs: 100,
  longestBackoffMs: 5_000,
  electionMs: 500,
  erasedEveryMs: 60_000,
  silenceMs: 5_000,
};
