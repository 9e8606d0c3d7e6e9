export { classify, CLASSIFIER_VERSION } from './classify.js';
export type { FactVerdict, ObservedFact, Reason } from './facts.js';
export { clientKind, type ClientKind } from './user-agents.js';
