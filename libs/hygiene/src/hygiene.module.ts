import { Module } from '@nestjs/common';
import { ChangePlanHandler } from './commands/change-plan/change-plan.handler.js';
import { MakePlanHandler } from './commands/make-plan/make-plan.handler.js';
import { RetirePlanHandler } from './commands/retire-plan/retire-plan.handler.js';

/** The command side of plans. Needs CqrsModule and EventStoreModule. */
@Module({ providers: [MakePlanHandler, ChangePlanHandler, RetirePlanHandler] })
export class HygieneModule {}
