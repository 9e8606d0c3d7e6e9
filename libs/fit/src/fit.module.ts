import { Module } from '@nestjs/common';
import { PublishFitModelHandler } from './commands/publish-fit-model/publish-fit-model.handler.js';
import { RetireFitModelHandler } from './commands/retire-fit-model/retire-fit-model.handler.js';

/** The command side of fit models. Needs CqrsModule and EventStoreModule. */
@Module({ providers: [PublishFitModelHandler, RetireFitModelHandler] })
export class FitModule {}
