export { hygieneProjection } from './hygiene.projection.js';
export { hygiene } from './tables.js';
export { hygienePlans, hygieneRuns } from './plan-tables.js';
export { listPlans, listRuns, type Plan, type Run } from './queries/plans.query.js';
