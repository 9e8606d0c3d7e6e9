import { unknownEvent } from '#libs/kernel';
import type { HygienePlan, PlanEvent } from '../events/plan-events.js';

/** What was decided about a plan so far. */
export interface KnownPlan extends HygienePlan {
  readonly kind: 'known' | 'retired';
}

export type Plan = { readonly kind: 'unknown' } | KnownPlan;

export const unknownPlan: Plan = { kind: 'unknown' };

export const evolvePlan = (state: Plan, event: PlanEvent): Plan => {
  if (event.type === 'hygiene-plan.made') return { ...event.data, kind: 'known' };
  if (state.kind === 'unknown') throw new Error(`A plan's first event is hygiene-plan.made, not ${event.type}.`);
  switch (event.type) {
    case 'hygiene-plan.changed':
      return { ...state, ...event.data };
    case 'hygiene-plan.retired':
      return { ...state, kind: 'retired' };
    default:
      return unknownEvent(event);
  }
};
