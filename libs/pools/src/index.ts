import { membershipEventDefinitions, poolEventDefinitions } from './events/index.js';

export { AddMemberCommand } from './commands/add-member/add-member.command.js';
export { ChangePoolCommand } from './commands/change-pool/change-pool.command.js';
export { ClosePoolCommand } from './commands/close-pool/close-pool.command.js';
export { MoveMemberCommand } from './commands/move-member/move-member.command.js';
export { OpenPoolCommand } from './commands/open-pool/open-pool.command.js';
export { RemoveMemberCommand } from './commands/remove-member/remove-member.command.js';
export * from './events/index.js';
export type { Why } from './membership/membership-decider.js';
export { membershipId } from './membership/membership-id.js';
export type { NewPool, PoolUpdate } from './pool/pool-decider.js';
export { PoolsModule } from './pools.module.js';

/** Every event type of this context. */
export const poolsEventDefinitions = [...poolEventDefinitions, ...membershipEventDefinitions] as const;
