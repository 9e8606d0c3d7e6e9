import { Module } from '@nestjs/common';
import { PublishModelHandler } from './commands/publish-model/publish-model.handler.js';
import { RetireModelHandler } from './commands/retire-model/retire-model.handler.js';
import { SwitchModelHandler } from './commands/switch-model/switch-model.handler.js';

/** The command side of scoring models. Needs CqrsModule and EventStoreModule. */
@Module({ providers: [PublishModelHandler, SwitchModelHandler, RetireModelHandler] })
export class ScoringModule {}
