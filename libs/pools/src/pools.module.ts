import { Module } from '@nestjs/common';
import { AddMemberHandler } from './commands/add-member/add-member.handler.js';
import { ChangePoolHandler } from './commands/change-pool/change-pool.handler.js';
import { ClosePoolHandler } from './commands/close-pool/close-pool.handler.js';
import { KnownPools } from './commands/known-pools.js';
import { MoveMemberHandler } from './commands/move-member/move-member.handler.js';
import { OpenPoolHandler } from './commands/open-pool/open-pool.handler.js';
import { RemoveMemberHandler } from './commands/remove-member/remove-member.handler.js';

/** The command side of pools and who's in them. Needs CqrsModule and EventStoreModule. */
@Module({
  providers: [
    KnownPools,
    OpenPoolHandler,
    ChangePoolHandler,
    ClosePoolHandler,
    AddMemberHandler,
    MoveMemberHandler,
    RemoveMemberHandler,
  ],
})
export class PoolsModule {}
