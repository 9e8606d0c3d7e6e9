import { err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { poolClosed } from './pool-decider.js';
import type { KnownPool } from './pool.js';

export const segmentComputed = refusal(
  'conflict',
  'segment-computed',
  'Who is in a segment follows from its criteria. Nobody is put in or taken out by hand.',
);
const stageUnknown = refusal('invalid', 'stage-unknown', 'The pool has no stage of this name.', '/stage');

/**
 * The stage that somebody begins in, or moves to: the first one, unless one is named. None where the pool has none.
 * Refused where the pool lets nobody in, or has no such stage.
 */
export const admission = (pool: KnownPool, stage?: string): Result<string | undefined, Refusal> => {
  if (pool.kind === 'segment') return err(segmentComputed);
  if (pool.closed) return err(poolClosed);
  if (stage !== undefined && !pool.stages.includes(stage)) return err(stageUnknown);
  return ok(stage ?? pool.stages[0]);
};
