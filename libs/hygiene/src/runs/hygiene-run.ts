import { encodePosition, sameJson, type Clock, type LogPosition } from '#libs/kernel';
import { defineProcessManager, type Deadline, type Input, type ProcessManager } from '#libs/reacting';
import { planEventDefinitions, type HygieneCheck, type Schedule } from '../events/plan-events.js';
import { runEventDefinitions, type RunEvent, type RunFailure } from '../events/run-events.js';
import type { KnownPlan, Plan } from '../plan/plan.js';
import { nextRun, timesDue } from '../plan/schedule.js';

/** What a plan found; what's counted is as of a position, at least. */
export type Found =
  | {
      readonly kind: 'found';
      readonly upTo: LogPosition;
      readonly longAgo: Date;
      readonly counts: readonly { readonly check: HygieneCheck; readonly count: number }[];
    }
  | { readonly kind: 'failed'; readonly reason: RunFailure };

/** What runs of plans read. */
export interface HygieneSources {
  readonly clock: Clock;
  planOf(planId: string): Promise<Plan>;
  /** Counts what a plan looks for. Throws DatabaseUnavailableError; whatever else goes wrong is what became of the run. */
  find(plan: KnownPlan, now: Date): Promise<Found>;
}

interface State {
  readonly planId?: string;
  readonly schedule: Schedule | null;
  readonly next: Date | null;
}

interface Gathered {
  readonly planId: string;
  readonly plan: Plan;
  readonly now: Date;
  /** On a deadline of a plan that runs. */
  readonly found?: Found;
}

/** A run that begins later than this after it was due is late; in milliseconds. */
const LATE = 3_600_000;
const RUN = 'run';
const PLAN = 'hygiene-plan-';

const runs = (plan: Plan): plan is KnownPlan => plan.kind === 'known' && !plan.paused;

const gather = async (sources: HygieneSources, input: Input, planId: string): Promise<Gathered> => {
  const plan = await sources.planOf(planId);
  const now = sources.clock.now();
  const found = input.kind === 'deadline' && runs(plan) ? { found: await sources.find(plan, now) } : {};
  return { planId, plan, now, ...found };
};

const unscheduled = (planId: string): RunEvent => ({
  type: 'hygiene-run.scheduled',
  data: { planId, at: null, schedule: null },
});

/** A plan is there, or was changed. A run that was due and hasn't been comes as it would have. */
const scheduled = (since: Date, { schedule, next }: State, { planId, plan }: Gathered): RunEvent[] => {
  if (!runs(plan)) return next === null ? [] : [unscheduled(planId)];
  if (next !== null && sameJson(schedule, plan.schedule)) return [];
  const at = nextRun(plan.schedule, since).toISOString();
  return [{ type: 'hygiene-run.scheduled', data: { planId, at, schedule: plan.schedule } }];
};

const run = (dueAt: Date, { next }: State, { planId, plan, now: told, found }: Gathered): RunEvent[] => {
  if (next?.getTime() !== dueAt.getTime()) return [];
  // It was paused or retired, which wasn't received yet. When it's resumed as soon there's only that to be seen.
  if (!runs(plan) || !found) return [unscheduled(planId)];
  const now = told < dueAt ? dueAt : told;
  const { owner, schedule, months, minBits } = plan;
  const about = {
    planId,
    owner,
    dueAt: dueAt.toISOString(),
    ranAt: now.toISOString(),
    late: now.getTime() - dueAt.getTime() > LATE,
    missed: timesDue(schedule, dueAt, now),
    schedule,
    next: nextRun(schedule, now).toISOString(),
  };
  if (found.kind === 'failed') return [{ type: 'hygiene-run.failed', data: { ...about, reason: found.reason } }];
  const findings = found.counts.map((one) => ({ ...one }));
  const upTo = encodePosition(found.upTo);
  const longAgo = found.longAgo.toISOString();
  return [{ type: 'hygiene-run.done', data: { ...about, upTo, months, longAgo, minBits, findings } }];
};

const nextOf = ({ type, data }: RunEvent): Date | null => {
  const at = type === 'hygiene-run.scheduled' ? data.at : data.next;
  return at === null ? null : new Date(at);
};

const deadlinesOf = (event: RunEvent): Deadline[] => [{ name: RUN, dueAt: nextOf(event) }];

/**
 * Runs the plans that there are, each when it's due, and records what was found: it counts, and changes nothing. What was
 * missed while nobody ran is run once, late. From the beginning of the log: a plan that was made before automation first ran
 * runs too.
 */
export const hygieneRun = (sources: HygieneSources): ProcessManager =>
  defineProcessManager<State, RunEvent, Gathered>({
    name: 'hygiene-run',
    from: 'beginning',
    definitions: runEventDefinitions,
    listensTo: planEventDefinitions.map(({ type }) => type),
    correlate: ({ streamId }) => streamId.slice(PLAN.length),
    initial: { schedule: null, next: null },
    gather: (input, { key, state }) => {
      const planId = key ?? state.planId;
      if (planId === undefined) throw new Error('A deadline of no plan.');
      return gather(sources, input, planId);
    },
    decide: (input, state, gathered) =>
      input.kind === 'event' ? scheduled(input.event.occurredAt, state, gathered) : run(input.dueAt, state, gathered),
    evolve: (_, event) => ({ planId: event.data.planId, schedule: event.data.schedule, next: nextOf(event) }),
    deadlines: deadlinesOf,
  });
