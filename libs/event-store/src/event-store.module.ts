import type { EventDefinition } from '#libs/kernel';
import { Module, type DynamicModule } from '@nestjs/common';
import { EventCodec } from './codec/event-codec.js';
import { EventRegistry } from './codec/event-registry.js';
import { EventLog } from './log/event-log.js';
import { CommandRunner } from './runner/command-runner.js';
import { StreamLoader } from './runner/stream-loader.js';

export interface EventStoreOptions {
  /** An `esdb://` connection string. */
  readonly url: string;
  /** Every event type that this program reads or writes. */
  readonly definitions: readonly EventDefinition[];
  /** What the store's operators see of this process. */
  readonly connectionName?: string;
}

/** The event log, its codec and the command runner. Needs the global PrivacyModule. */
@Module({})
export class EventStoreModule {
  static forRoot(options: EventStoreOptions): DynamicModule {
    return {
      module: EventStoreModule,
      global: true,
      providers: [
        { provide: EventRegistry, useFactory: () => new EventRegistry(options.definitions) },
        { provide: EventLog, useFactory: () => new EventLog(options.url, options.connectionName) },
        EventCodec,
        StreamLoader,
        CommandRunner,
      ],
      exports: [EventRegistry, EventLog, EventCodec, StreamLoader, CommandRunner],
    };
  }
}
