import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
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
  /** Entities on the views of read models. Where given, a TypeORM DataSource is provided too, with as many connections again. */
  readonly entities?: DataSourceOptions['entities'];
}

const dataSource = ({ url, applicationName, max, entities }: ReadStoreOptions): Provider => ({
  provide: DataSource,
  useFactory: () =>
    new DataSource({
      type: 'postgres',
      url,
      ...(applicationName === undefined ? {} : { applicationName }),
      ...(entities === undefined ? {} : { entities }),
      schema: 'read',
      synchronize: false,
      logging: false,
      extra: { max: max ?? 10 },
    }).initialize(),
});

const OPTIONAL_SOURCE = Symbol('OptionalDataSource');

/** PostgreSQL for the whole process, closed with the application. */
@Module({})
export class ReadStoreModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(OPTIONAL_SOURCE) private readonly source: DataSource | null,
  ) {}

  static forRoot(options: ReadStoreOptions): DynamicModule {
    const withEntities = options.entities !== undefined;
    return {
      module: ReadStoreModule,
      global: true,
      providers: [
        { provide: Database, useFactory: () => new Database(options.url, options) },
        ...(withEntities
          ? [dataSource(options), { provide: OPTIONAL_SOURCE, useExisting: DataSource }]
          : [{ provide: OPTIONAL_SOURCE, useValue: null }]),
      ],
      exports: withEntities ? [Database, DataSource] : [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source?.destroy();
    await this.database.close();
  }
}
