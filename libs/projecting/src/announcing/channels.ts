import type { SqlExecutor } from '#libs/read-store';

/**
 * The channel on which moved checkpoints are announced as their transaction commits. Payload: the projection's name,
 * then for a moved position a space and its token, and where events may be set aside a further space and `ASIDE`.
 */
export const PROGRESS_CHANNEL = 'rapport_progress';
export const ASIDE = 'aside';

/** The channel on which a reader says that it waits for a projection. Payload: the projection's name. */
export const WANTED_CHANNEL = 'rapport_wanted';

/** Asks whoever works on the projection not to rest. A hint: who doesn't hear it gets there all the same, a little later. */
export const announceWanted = async (sql: SqlExecutor, projection: string): Promise<void> => {
  await sql.query('SELECT pg_notify($1, $2)', [WANTED_CHANNEL, projection], { prepared: true });
};
