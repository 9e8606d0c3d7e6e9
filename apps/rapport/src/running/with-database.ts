import { rapportHome } from '#libs/embedded';
import { Database, sqlStateOf } from '#libs/read-store';
import { withInstance, type InstanceContext } from './with-instance.js';

/** What a command needs that doesn't ask the event store. */
export type DatabaseContext = Pick<InstanceContext, 'databaseUrl' | 'secretsDir'>;

/** No such table, no such column. */
const isOlder = (error: unknown): boolean => ['42P01', '42703'].includes(sqlStateOf(error) ?? '');

/** Works on the database that DATABASE_URL names, else on that of this folder's instance, which is started if it isn't running. */
export const withDatabase = async (
  work: (database: Database, context: DatabaseContext) => Promise<void>,
): Promise<void> => {
  const run = async (context: DatabaseContext): Promise<void> => {
    const database = new Database(context.databaseUrl, { max: 2, applicationName: 'rapport-command-line' });
    try {
      await work(database, context);
    } catch (error) {
      if (!isOlder(error)) throw error;
      throw new Error(
        'This database was not prepared by this version of Rapport. Start Rapport on it once, then try again.',
        {
          cause: error,
        },
      );
    } finally {
      await database.close();
    }
  };
  const databaseUrl = process.env['DATABASE_URL'];
  await (databaseUrl ? run({ databaseUrl, secretsDir: rapportHome().secrets }) : withInstance(run));
};
