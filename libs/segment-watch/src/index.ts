export * from './events/segment-events.js';
export { segmentWatch } from './segment-watch.js';
export type { PageOfPeople, WatchSources } from './sources.js';
export { KnownOfLog, knownTypes } from './watches/known-of-log.js';
