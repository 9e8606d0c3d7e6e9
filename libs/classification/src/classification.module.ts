import { CommandRunner, EventCodec, EventLog } from '#libs/event-store';
import { Module, type DynamicModule } from '@nestjs/common';
import type { KnownNetworks } from './networks/known-networks.js';
import { JudgePersonHandler } from './watching/judge-person.handler.js';
import { PersonJudge } from './watching/person-judge.js';

/** Judging who did what. Needs CqrsModule, EventStoreModule and PrivacyModule. */
@Module({})
export class ClassificationModule {
  /** @param networks the lists that addresses are looked up in */
  static forRoot({ networks }: { readonly networks?: KnownNetworks | undefined }): DynamicModule {
    const judge = {
      provide: PersonJudge,
      inject: [EventLog, EventCodec, CommandRunner],
      useFactory: (log: EventLog, codec: EventCodec, runner: CommandRunner): PersonJudge =>
        new PersonJudge(log, codec, runner, networks),
    };
    return { module: ClassificationModule, providers: [judge, JudgePersonHandler], exports: [PersonJudge] };
  }
}
