export { type Agent, type ByAgent, type EmailRates, type Share } from './email-rates/email-rates.js';
export {
  emailRateDimensions,
  emailRates,
  type EmailRateDimension,
  type EmailRateGroup,
  type EmailRatesCriteria,
  type EmailRatesFound,
} from './queries/email-rates.query.js';
export {
  timelineOf,
  type TimelineCriteria,
  type TimelineEntry,
  type TimelinePage,
  type TimelineVerdict,
} from './queries/timeline.query.js';
export { timelineEntries } from './tables.js';
export { timeline } from './timeline.projection.js';
