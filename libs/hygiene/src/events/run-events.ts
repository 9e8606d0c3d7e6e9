import { closed, firstVersion, instant, oneOf, orNull, position, uuid } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { check, planOwner, schedule } from './plan-events.js';

/** When a plan runs next; null: it doesn't. */
export const runScheduled = firstVersion(
  'hygiene-run.scheduled',
  closed({ planId: uuid(), at: orNull(instant()), schedule: orNull(schedule) }),
);

/**
 * `late`: more than an hour after it was due. `missed`: how many more times it had been due by then, for all of which this
 * run stands. `next`: when it's due next.
 */
const run = {
  planId: uuid(),
  owner: planOwner,
  dueAt: instant(),
  ranAt: instant(),
  late: Type.Boolean(),
  missed: Type.Integer({ minimum: 0 }),
  schedule,
  next: instant(),
};

/** `upTo`: everything that had been recorded by then is counted. `longAgo`: what was before it is long ago. */
export const runDone = firstVersion(
  'hygiene-run.done',
  closed({
    ...run,
    upTo: position(),
    months: Type.Integer({ minimum: 1 }),
    longAgo: instant(),
    minBits: Type.Number(),
    findings: Type.Array(closed({ check: check(), count: Type.Integer({ minimum: 0 }) })),
  }),
);

export const runFailures = ['read-model-missing', 'query-failed'] as const;
export type RunFailure = (typeof runFailures)[number];
/** It couldn't look. */
export const runFailed = firstVersion('hygiene-run.failed', closed({ ...run, reason: oneOf(runFailures) }));

export const runEventDefinitions = [runScheduled, runDone, runFailed] as const;

/** What became of a plan's schedule: the events of a `hygiene-run-<uuid>` stream. */
export type RunEvent = EventOf<(typeof runEventDefinitions)[number]>;
