import { CandidatesModule } from '#libs/candidates';
import { eventCatalogue } from '#libs/event-catalogue';
import { EventStoreModule } from '#libs/event-store';
import { IdentityModule, KnownPeople } from '#libs/identity';
import { PrivacyModule } from '#libs/privacy';
import { ReadStoreModule } from '#libs/read-store';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { InstanceContext } from '../running/with-instance.js';

@Module({})
class WriteSideModule {}

/** The command side without HTTP, in this process: it appends beside a running command-api as any other writer does. */
export const openWriteSide = (context: InstanceContext): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(
    {
      module: WriteSideModule,
      imports: [
        CqrsModule.forRoot(),
        ReadStoreModule.forRoot({ url: context.databaseUrl, applicationName: 'rapport-import' }),
        PrivacyModule.forRoot({ secretsDir: context.secretsDir }),
        EventStoreModule.forRoot({
          url: context.eventStoreUrl,
          definitions: eventCatalogue,
          connectionName: 'rapport-import',
        }),
        CandidatesModule.forRoot({ people: KnownPeople }),
        IdentityModule,
      ],
    },
    { logger: ['error'], abortOnError: false },
  );
