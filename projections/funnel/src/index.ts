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
export {
  rejectedFromStages,
  silverMedallists,
  type RejectedFrom,
  type SilverMedallist,
} from './queries/silver-medallists.query.js';
export { funnelApplications, medallistMarks } from './tables.js';
