export * from './clustering/cluster.js';
export * from './find-duplicates.js';
export { blockingKeys } from './matching/blocking.js';
export type { Blocks } from './matching/candidate-pairs.js';
export { scorePair, type MatchModel, type PairScore, type Reason } from './matching/score-pair.js';
export { readPerson, type Features, type PersonRecord } from './person/features.js';
