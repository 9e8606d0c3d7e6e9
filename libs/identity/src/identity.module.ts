import { Global, Module } from '@nestjs/common';
import { KnownCandidates } from './commands/known-candidates.js';
import { MergeCandidatesHandler } from './commands/merge-candidates/merge-candidates.handler.js';
import { KnownPeople } from './commands/known-people.js';
import { TellApartHandler } from './commands/tell-apart/tell-apart.handler.js';
import { UndoMergeHandler } from './commands/undo-merge/undo-merge.handler.js';

/** The command side of who is whom. Needs CqrsModule and EventStoreModule. */
@Global()
@Module({
  providers: [KnownCandidates, KnownPeople, MergeCandidatesHandler, UndoMergeHandler, TellApartHandler],
  exports: [KnownPeople],
})
export class IdentityModule {}
