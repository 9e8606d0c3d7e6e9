import { CandidatesModule, candidatesEventDefinitions, customFieldsEventDefinitions } from '#libs/candidates';
import { EventStoreModule } from '#libs/event-store';
import type { EventDefinition } from '#libs/kernel';
import { PrivacyModule } from '#libs/privacy';
import { ReadStoreModule } from '#libs/read-store';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { InstanceContext } from '../running/with-instance.js';

@Module({})
class WriteSideModule {}

/**
 * The command side without HTTP, in this process: it appends beside a running command-api as any other writer does.
 * @param definitions of the events that it reads
 */
export const openWriteSide = async (
  context: InstanceContext,
  definitions: readonly EventDefinition[] = [...candidatesEventDefinitions, ...customFieldsEventDefinitions],
): Promise<INestApplicationContext> => {
  const app = await NestFactory.createApplicationContext(
    {
      module: WriteSideModule,
      imports: [
        CqrsModule.forRoot(),
        ReadStoreModule.forRoot({ url: context.databaseUrl, applicationName: 'rapport-import' }),
        PrivacyModule.forRoot({ secretsDir: context.secretsDir }),
        EventStoreModule.forRoot({
          url: context.eventStoreUrl,
          definitions,
          connectionName: 'rapport-import',
        }),
        CandidatesModule,
      ],
    },
    { logger: ['error'], abortOnError: false },
  );
  return app;
};
