import type { LogPosition, StoredEvent } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import type { Deadline } from './process-manager.js';

/** A deadline that's due. */
export interface DueDeadline {
  readonly instance: string;
  readonly name: string;
  readonly dueAt: Date;
  readonly setBy: string;
  readonly correlationId: string;
}

/** What a process manager keeps beside the log. All of it can be lost but the checkpoint of one that begins with `now`. */
export class ReactionStore {
  constructor(
    private readonly sql: SqlExecutor,
    private readonly manager: string,
  ) {}

  /** Where to go on; what `first` gives where it never ran. */
  async position(first: () => Promise<LogPosition>): Promise<LogPosition> {
    const stored = await this.stored();
    if (stored) return stored;
    const { commit, prepare } = await first();
    await this.sql.query(
      'INSERT INTO vault.reaction_checkpoints (manager, commit, prepare) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [this.manager, commit, prepare],
    );
    return (await this.stored()) ?? { commit, prepare };
  }

  /** Never goes back: one that was slow to notice that another took over does no harm. */
  async advance({ commit, prepare }: LogPosition): Promise<void> {
    await this.sql.query(
      `UPDATE vault.reaction_checkpoints SET commit = $2, prepare = $3, updated_at = now()
       WHERE manager = $1 AND (commit, prepare) < ($2::bigint, $3::bigint)`,
      [this.manager, commit, prepare],
    );
  }

  /** An event that comes again after a later one has set or fired the deadline ends, in order, with the same rows. */
  async set(instance: string, { name, dueAt }: Deadline, by: StoredEvent): Promise<void> {
    if (dueAt === null) {
      await this.sql.query(
        'DELETE FROM vault.reaction_deadlines WHERE manager = $1 AND instance = $2 AND name = $3 AND set_commit <= $4',
        [this.manager, instance, name, by.position.commit],
      );
      return;
    }
    await this.sql.query(
      `INSERT INTO vault.reaction_deadlines AS d (manager, instance, name, due_at, set_by, set_commit, correlation_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (manager, instance, name) DO UPDATE
       SET due_at = excluded.due_at, set_by = excluded.set_by, set_commit = excluded.set_commit,
         correlation_id = excluded.correlation_id
       WHERE d.set_commit <= excluded.set_commit`,
      [this.manager, instance, name, dueAt, by.id, by.position.commit, by.correlationId],
    );
  }

  /** The first of those that are due, the longest overdue first. */
  async due(now: Date, limit: number): Promise<DueDeadline[]> {
    const rows = await this.sql.query<{
      instance: string;
      name: string;
      due_at: Date;
      set_by: string;
      correlation_id: string;
    }>(
      `SELECT instance, name, due_at, set_by, correlation_id FROM vault.reaction_deadlines
       WHERE manager = $1 AND due_at <= $2 ORDER BY due_at, instance, name LIMIT $3`,
      [this.manager, now, limit],
    );
    return rows.map(({ instance, name, due_at, set_by, correlation_id }) => ({
      instance,
      name,
      dueAt: due_at,
      setBy: set_by,
      correlationId: correlation_id,
    }));
  }

  /** Unless it was set anew meanwhile. */
  async fired({ instance, name, setBy }: DueDeadline): Promise<void> {
    await this.sql.query(
      'DELETE FROM vault.reaction_deadlines WHERE manager = $1 AND instance = $2 AND name = $3 AND set_by = $4',
      [this.manager, instance, name, setBy],
    );
  }

  async park(input: string, streamId: string, reason: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO vault.parked_reactions (manager, input, stream_id, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT (manager, input) DO UPDATE
       SET reason = excluded.reason, parked_at = now(), replay_requested = false`,
      [this.manager, input, streamId, reason],
    );
  }

  /** The first of what was parked that somebody wants to be taken up, the longest ago first. */
  toReplay(limit: number): Promise<{ input: string; streamId: string }[]> {
    return this.sql.query(
      `SELECT input, stream_id AS "streamId" FROM vault.parked_reactions
       WHERE manager = $1 AND replay_requested ORDER BY parked_at, input LIMIT $2`,
      [this.manager, limit],
    );
  }

  async unpark(input: string): Promise<void> {
    await this.sql.query('DELETE FROM vault.parked_reactions WHERE manager = $1 AND input = $2', [this.manager, input]);
  }

  private async stored(): Promise<LogPosition | undefined> {
    const [row] = await this.sql.query<{ commit: string; prepare: string }>(
      'SELECT commit, prepare FROM vault.reaction_checkpoints WHERE manager = $1',
      [this.manager],
    );
    return row && { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
  }
}

/** How much was parked and how many deadlines are ahead, by process manager. */
export const countReactions = async (
  sql: SqlExecutor,
): Promise<ReadonlyMap<string, { readonly parked: number; readonly deadlines: number }>> => {
  const rows = await sql.query<{ manager: string; parked: number; deadlines: number }>(
    `SELECT manager, (SELECT count(*)::integer FROM vault.parked_reactions p WHERE p.manager = c.manager) AS parked,
       (SELECT count(*)::integer FROM vault.reaction_deadlines d WHERE d.manager = c.manager) AS deadlines
     FROM vault.reaction_checkpoints c`,
  );
  return new Map(rows.map(({ manager, parked, deadlines }) => [manager, { parked, deadlines }]));
};
