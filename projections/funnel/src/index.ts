export { funnel } from './funnel.projection.js';
export { applicationsOf } from './queries/applications-of.query.js';
export {
  cohortFunnel,
  funnelStages,
  type FunnelCriteria,
  type FunnelDimension,
  type FunnelGroup,
  type FunnelStage,
} from './queries/cohort-funnel.query.js';
export { outcomesByCandidate, type Outcomes } from './queries/outcomes.query.js';
export { funnelApplications } from './tables.js';
