export * from './checkpoints/checkpoint.js';
export { readCheckpoint, readCheckpoints, setCheckpointState } from './checkpoints/checkpoint-store.js';
export {
  countDeadLetters,
  letterOf,
  listDeadLetters,
  requestReplay,
  scopeOf,
  type DeadLetter,
  type Letter,
} from './checkpoints/dead-letters.js';
export { FencedError, foldOver, GenerationWriter, loadNeeds } from './checkpoints/generation-writer.js';
export * from './folding/fold-batch.js';
export * from './folding/memory-read-model.js';
export * from './folding/table-changes.js';
export { UndeclaredRowError } from './folding/row-errors.js';
export { WorkingSet } from './folding/working-set.js';
export * from './gate/read-model-gate.js';
export { createTables, ensureGeneration } from './generations/generations.js';
export * from './generations/requests.js';
export { lastRetired, swapIn, type SwapOutcome } from './generations/swap.js';
export * from './generations/table-names.js';
export * from './past/fold-past.js';
export { JobProgress, PastJobLostError } from './past/job-progress.js';
export { PastBuilder, type PastWork } from './past/past-builder.js';
export * from './past/past-job.js';
export { PastJobs, type PastSought } from './past/past-jobs.js';
export { pastSql, PastStateGoneError } from './past/past-sql.js';
export { countPastJobs, removeOldPasts, type PastLife } from './past/past-upkeep.js';
export * from './projection.js';
export { LogReader } from './reading/log-reader.js';
export type { LogChunk, LogDecoder, LogSource } from './reading/log-source.js';
export { Election, ELECTION_APPLICATION } from './running/election.js';
export { faultOf, type EngineLog } from './running/engine-log.js';
export type { BatchWritten, EngineObserver } from './running/engine-observer.js';
export { Parking } from './running/parking.js';
export * from './running/projection-host.js';
export type { ProjectionStatus } from './running/projection-status.js';
export { soon } from './running/soon.js';
export { defaultTuning, type Tuning } from './running/tuning.js';
export { Backoff, Bell, rest } from './running/waiting.js';
export * from './table.js';
export * from './verifying/checksum.js';
export * from './verifying/compare-with-log.js';
export { VerifyUnderWayError } from './verifying/one-at-a-time.js';
export * from './verifying/rebuild-into.js';
