export { ClassificationModule } from './classification.module.js';
export { classify, CLASSIFIER_VERSION } from './classify.js';
export type { FactVerdict, ObservedFact, Reason } from './facts.js';
export { clientKind, type ClientKind } from './user-agents.js';
export { JudgePersonCommand } from './watching/judge-person.handler.js';
export { JUDGE_AFTER_MILLISECONDS, messageWatch, messageWatchEventDefinitions } from './watching/message-watch.js';
export { judge, judgedTypes } from './watching/observed.js';
export { PersonJudge } from './watching/person-judge.js';
