import { planEventDefinitions } from './events/plan-events.js';
import { runEventDefinitions } from './events/run-events.js';

export { ChangePlanCommand } from './commands/change-plan/change-plan.command.js';
export { MakePlanCommand } from './commands/make-plan/make-plan.command.js';
export { planStream } from './commands/outcome.js';
export { RetirePlanCommand } from './commands/retire-plan/retire-plan.command.js';
export * from './events/plan-events.js';
export * from './events/run-events.js';
export { HygieneModule } from './hygiene.module.js';
export { planDecider } from './plan/plan-decider.js';
export type { KnownPlan, Plan } from './plan/plan.js';
export { hygieneRun, type Found, type HygieneSources } from './runs/hygiene-run.js';

/** Every event type of this context. */
export const hygieneEventDefinitions = [...planEventDefinitions, ...runEventDefinitions] as const;
