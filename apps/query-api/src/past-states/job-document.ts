import { ProblemError, retryAfter } from '#libs/http';
import { encodePosition } from '#libs/kernel';
import type { PastJob } from '#libs/projecting';
import type { PastJobDocument, PastStateDocument } from './past-state.dto.js';

const RETRY_SECONDS = 5;
const PERMILLE = 1_000;

export const jobDocument = (job: PastJob): PastJobDocument => ({
  id: job.id,
  state: job.state,
  progress: job.permille / PERMILLE,
  asOfPosition: encodePosition(job.position),
  reason: job.reason,
  requestedAt: job.requestedAt.toISOString(),
  finishedAt: job.finishedAt?.toISOString() ?? null,
});

export const stateDocument = (job: PastJob): PastStateDocument => ({
  ...jobDocument(job),
  asOf: job.occurredBy?.toISOString() ?? null,
});

/** 404 for what was never asked for, or isn't kept any more. */
export const jobUnknown = (what: string): ProblemError =>
  new ProblemError(404, 'past-unknown', {
    detail: `There is no ${what} with this id. It may have been removed since nobody looked into it; ask for it again.`,
  });

/** 429 where too many are unfinished. */
export const tooManyPasts = (): ProblemError =>
  new ProblemError(429, 'too-many-pasts', {
    detail: 'As many past states and histories as may wait are waiting already. Ask again when one of them is ready.',
    headers: retryAfter(RETRY_SECONDS),
  });

/** Throws unless it can be looked into: 503 while it can't yet, 409 where it never will. */
export const assertReady = ({ state, permille, reason }: PastJob): void => {
  if (state === 'ready') return;
  if (state === 'failed')
    throw new ProblemError(409, 'past-failed', {
      detail: `This could not be made (${reason}). An operator finds the cause in the projector's log. Ask for it again.`,
    });
  throw new ProblemError(503, 'past-building', {
    detail: `This is being made; ${permille / 10} % are done. Send the same request again later.`,
    headers: retryAfter(RETRY_SECONDS),
  });
};
