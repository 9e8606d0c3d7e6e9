import { closed, firstVersion, oneOf, opaqueId } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';

/** What may be wrong with one record. */
export const findings = ['stale-profile', 'no-human-contact', 'address-bounced', 'unreachable', 'no-owner'] as const;
export type Finding = (typeof findings)[number];

/** What a plan may look for. */
export const hygieneChecks = [...findings, 'likely-duplicates'] as const;
export type HygieneCheck = (typeof hygieneChecks)[number];

export const planOwnerKinds = ['person', 'team'] as const;
export const scheduleUnits = ['week', 'month'] as const;
/** `minBits`: below the least there's nothing more in the read model. A day of a month that every month has. */
export const planLimits = {
  name: 200,
  months: 600,
  leastBits: -3,
  mostBits: 100,
  hour: 23,
  day: 28,
  weekday: 7,
} as const;

/** `day`: of the week from Monday, 1, to Sunday, 7; or of the month. `hour`: at its beginning, in UTC. */
export const schedule = closed({
  every: oneOf(scheduleUnits),
  day: Type.Integer({ minimum: 1, maximum: planLimits.day }),
  hour: Type.Integer({ minimum: 0, maximum: planLimits.hour }),
});
export const planOwner = closed({ kind: oneOf(planOwnerKinds), id: opaqueId() });
export const check = () => oneOf(hygieneChecks);
const checks = Type.Array(check(), { minItems: 1, maxItems: hygieneChecks.length, uniqueItems: true });
const name = Type.String({ minLength: 1, maxLength: planLimits.name });
const months = Type.Integer({ minimum: 1, maximum: planLimits.months });
const minBits = Type.Number({ minimum: planLimits.leastBits, maximum: planLimits.mostBits });

const made = closed({
  name,
  owner: planOwner,
  schedule,
  checks,
  /** What's long ago, for a profile and a contact. */
  months,
  /** How sure to be of duplicates. */
  minBits,
  paused: Type.Boolean(),
});
/** `name` is about the plan: nothing in it may be about one person, since it's stored in the clear. */
export const planMade = firstVersion('hygiene-plan.made', made);

const changed = Type.Partial(made, { additionalProperties: false });
/** Only what changed, each with its whole new value. */
export const planChanged = firstVersion('hygiene-plan.changed', changed);

/** It doesn't run any more, for good. Its runs stay on record. */
export const planRetired = firstVersion('hygiene-plan.retired', closed({}));

export const planEventDefinitions = [planMade, planChanged, planRetired] as const;

/** What was decided about a plan: the events of a `hygiene-plan-<uuid>` stream. */
export type PlanEvent = EventOf<(typeof planEventDefinitions)[number]>;
export type HygienePlan = Static<typeof made>;
export type HygienePlanChanges = Static<typeof changed>;
export type Schedule = Static<typeof schedule>;
