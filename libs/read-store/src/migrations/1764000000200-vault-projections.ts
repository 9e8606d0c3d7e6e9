import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where projections stand, what they could not take in, and the schema that their tables go to. */
export class VaultProjections1764000000200 implements MigrationInterface {
  readonly name = 'VaultProjections1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS vault');
    await runner.query('CREATE SCHEMA IF NOT EXISTS read');
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gin');
    await runner.query(`
      CREATE TABLE vault.projection_checkpoints (
        projection text NOT NULL,
        version integer NOT NULL,
        generation text NOT NULL CHECK (generation IN ('live', 'building', 'retired')),
        state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'paused', 'failed')),
        -- a code, and the event that it's about
        reason text,
        reason_commit bigint,
        reason_prepare bigint,
        -- everything up to here is in the rows
        commit bigint NOT NULL,
        prepare bigint NOT NULL,
        -- when the last event that's in the rows was recorded
        event_at timestamptz,
        -- the first event of a type that the program didn't know: a rebuild is due once it does
        skipped_commit bigint,
        skipped_prepare bigint,
        -- of the read model, without schema and version
        tables text[] NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (projection, version)
      ) WITH (fillfactor = 50)`);
    await runner.query(
      `CREATE UNIQUE INDEX one_live_generation ON vault.projection_checkpoints (projection) WHERE generation = 'live'`,
    );
    await runner.query(`
      CREATE TABLE vault.dead_letters (
        projection text NOT NULL,
        version integer NOT NULL,
        commit bigint NOT NULL,
        prepare bigint NOT NULL,
        stream_id text NOT NULL,
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        -- a code; what's in the event stays in the log
        reason text NOT NULL,
        attempts integer NOT NULL DEFAULT 1,
        first_failed_at timestamptz NOT NULL DEFAULT now(),
        last_failed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (projection, version, commit, prepare)
      )`);
    await runner.query('CREATE INDEX ON vault.dead_letters (projection, version, stream_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.dead_letters, vault.projection_checkpoints');
    await runner.query('DROP SCHEMA read CASCADE');
  }
}
