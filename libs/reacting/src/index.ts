export { knownManagers, listParkedInputs, requestParkedReplay, type ParkedInput } from './parked-inputs.js';
export { defineProcessManager, type Deadline, type Input, type ProcessManager, type Turn } from './process-manager.js';
export { ReactionHost, type ManagerStatus, type ReactionHostOptions } from './reaction-host.js';
export { countReactions } from './reaction-store.js';
