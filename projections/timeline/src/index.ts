export {
  timelineOf,
  type TimelineCriteria,
  type TimelineEntry,
  type TimelinePage,
  type TimelineVerdict,
} from './queries/timeline.query.js';
export { timelineEntries } from './tables.js';
export { timeline } from './timeline.projection.js';
