import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';

export interface DataSourceOptions {
  readonly url: string;
  readonly applicationName?: string;
  /** Connections that the pool may open. */
  readonly max?: number;
}

/** TypeORM's view of the database: for migrations, and for queries on the read models' views. Not yet connected. */
export const createDataSource = ({ url, applicationName = 'rapport', max = 5 }: DataSourceOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    // Not even errors: they hold the values of the row at fault.
    logging: false,
    extra: { max, connectionTimeoutMillis: 5_000 },
  });
