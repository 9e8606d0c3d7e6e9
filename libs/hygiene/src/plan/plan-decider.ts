import { differing, err, ok, refusal, type Decider, type Decision, type Refusal } from '#libs/kernel';
import { planLimits, type HygienePlan, type HygienePlanChanges, type PlanEvent } from '../events/plan-events.js';
import { evolvePlan, unknownPlan, type KnownPlan, type Plan } from './plan.js';

export type PlanCommand =
  | { readonly kind: 'make'; readonly plan: HygienePlan }
  /** Absent: leave. */
  | { readonly kind: 'change'; readonly changes: HygienePlanChanges }
  | { readonly kind: 'retire' };

const planUnknown = refusal('not-found', 'hygiene-plan-unknown', 'There is no plan with this id.');
const planExists = refusal(
  'conflict',
  'hygiene-plan-exists',
  'There is a plan with this id already. To change it, update it.',
);
const planRetired = refusal('conflict', 'hygiene-plan-retired', 'This plan was retired. Make another one.');

const wrongDay = ({ schedule }: HygienePlanChanges): Refusal | undefined =>
  schedule?.every === 'week' && schedule.day > planLimits.weekday
    ? refusal('invalid', 'schedule-invalid', 'A day of the week is from 1, Monday, to 7, Sunday.', '/schedule/day')
    : undefined;

const change = (changes: HygienePlanChanges, plan: KnownPlan): Decision<PlanEvent> => {
  const changed: HygienePlanChanges = differing(changes, plan);
  return ok(Object.keys(changed).length > 0 ? [{ type: 'hygiene-plan.changed', data: changed }] : []);
};

const decide = (command: PlanCommand, state: Plan): Decision<PlanEvent> => {
  if (command.kind === 'make') {
    const wrong = wrongDay(command.plan);
    if (wrong) return err(wrong);
    return state.kind === 'unknown' ? ok([{ type: 'hygiene-plan.made', data: command.plan }]) : err(planExists);
  }
  if (state.kind === 'unknown') return err(planUnknown);
  if (command.kind === 'retire')
    return ok(state.kind === 'retired' ? [] : [{ type: 'hygiene-plan.retired', data: {} }]);
  if (state.kind === 'retired') return err(planRetired);
  const wrong = wrongDay(command.changes);
  return wrong ? err(wrong) : change(command.changes, state);
};

/** A scheduled clean-up with its owner, on the stream `hygiene-plan-<uuid>`. */
export const planDecider: Decider<Plan, PlanCommand, PlanEvent> = { initial: unknownPlan, decide, evolve: evolvePlan };
