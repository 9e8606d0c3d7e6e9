export { timelineOf, type TimelineCriteria, type TimelineEntry, type TimelinePage } from './queries/timeline.query.js';
export { timelineEntries } from './tables.js';
export { timeline } from './timeline.projection.js';
