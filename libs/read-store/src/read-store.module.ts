import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from './database.js';

export interface ReadStoreOptions {
  readonly url: string;
  /** What PostgreSQL's operators see of this process. */
  readonly applicationName?: string;
  /** Connections that the process may open; 10 unless given. */
  readonly max?: number;
  /** How long a statement waits for a lock before it fails; for ever unless given. */
  readonly lockTimeoutMilliseconds?: number;
  /** How long a statement may take before it's cancelled (SQLSTATE 57014); for ever unless given. */
  readonly statementTimeoutMilliseconds?: number;
  /** How long PostgreSQL may take to answer before the connection counts as dead; unbounded unless given. */
  readonly answerWithinMilliseconds?: number;
  /** How long PostgreSQL waits for the next statement of a transaction before it ends the session; as long unless given. */
  readonly idleInTransactionMilliseconds?: number;
}

/** PostgreSQL for the whole process, closed with the application. */
@Module({})
export class ReadStoreModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(options: ReadStoreOptions): DynamicModule {
    return {
      module: ReadStoreModule,
      global: true,
      providers: [{ provide: Database, useFactory: () => new Database(options.url, options) }],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
