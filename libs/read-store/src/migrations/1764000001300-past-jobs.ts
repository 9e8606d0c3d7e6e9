import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Past states and histories that were asked for, how far each has come, and when it was last looked into. */
export class PastJobs1764000001300 implements MigrationInterface {
  readonly name = 'PastJobs1764000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.past_jobs (
        id uuid PRIMARY KEY,
        -- state: read models as of then; segment: who was ever in one
        kind text NOT NULL CHECK (kind IN ('state', 'segment')),
        -- of a segment: its id and its criteria when it was asked for
        segment jsonb,
        -- only what had occurred by then counts; null: whenever it occurred
        occurred_by timestamptz,
        -- only what had been recorded by then counts
        commit bigint NOT NULL,
        prepare bigint NOT NULL,
        -- whether the position was asked for; else it was the end of the log
        pinned boolean NOT NULL,
        -- the read models that it's made of, each as name@version
        models text[] NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'building', 'ready', 'failed')),
        -- of a state: everything up to here is in it
        reached_commit bigint NOT NULL DEFAULT 0,
        reached_prepare bigint NOT NULL DEFAULT 0,
        -- of a segment: everybody up to here is in it
        reached_id uuid,
        -- from 0 to 1000
        permille integer NOT NULL DEFAULT 0,
        -- when the last event that counts was recorded
        recorded_at timestamptz,
        -- a code
        reason text,
        requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        finished_at timestamptz,
        used_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('CREATE INDEX ON vault.past_jobs (state, requested_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.past_jobs');
  }
}
