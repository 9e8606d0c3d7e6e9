import type { SqlExecutor } from '#libs/read-store';

/** What a process manager couldn't handle. */
export interface ParkedInput {
  readonly manager: string;
  /** The id of an event; of a deadline its name, a blank, and the id of the event that set it. */
  readonly input: string;
  /** Where the event lies; of a deadline the instance's stream. */
  readonly streamId: string;
  /** A code. */
  readonly reason: string;
  readonly parkedAt: Date;
  /** Somebody wants it to be taken up again, and nobody has yet. */
  readonly replayRequested: boolean;
}

/** What was set aside, the longest ago first. */
export const listParkedInputs = (sql: SqlExecutor, managers: readonly string[]): Promise<ParkedInput[]> =>
  sql.query<ParkedInput>(
    `SELECT manager, input, stream_id AS "streamId", reason, parked_at AS "parkedAt", replay_requested AS "replayRequested"
     FROM vault.parked_reactions WHERE manager = ANY($1::text[]) ORDER BY parked_at, manager, input`,
    [managers],
  );

/** Asks whoever works for these process managers to take up what they have set aside; gives how much that is. */
export const requestParkedReplay = async (sql: SqlExecutor, managers: readonly string[]): Promise<number> => {
  const rows = await sql.query(
    'UPDATE vault.parked_reactions SET replay_requested = true WHERE manager = ANY($1::text[]) RETURNING 1',
    [managers],
  );
  return rows.length;
};

/** Every process manager that ever ran, by name. */
export const knownManagers = async (sql: SqlExecutor): Promise<readonly string[]> =>
  (await sql.query<{ manager: string }>('SELECT manager FROM vault.reaction_checkpoints ORDER BY manager')).map(
    ({ manager }) => manager,
  );
