import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far process managers have come, which deadlines are ahead, and what they could not handle. */
export class Reactions1764000000700 implements MigrationInterface {
  readonly name = 'Reactions1764000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.reaction_checkpoints (
        manager text PRIMARY KEY,
        -- everything up to here was handled
        commit bigint NOT NULL,
        prepare bigint NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE vault.reaction_deadlines (
        manager text NOT NULL,
        instance uuid NOT NULL,
        name text NOT NULL,
        due_at timestamptz NOT NULL,
        -- the event that set it
        set_by uuid NOT NULL,
        set_commit bigint NOT NULL,
        correlation_id text NOT NULL,
        PRIMARY KEY (manager, instance, name)
      )`);
    await runner.query('CREATE INDEX ON vault.reaction_deadlines (manager, due_at)');
    await runner.query(`
      CREATE TABLE vault.parked_reactions (
        manager text NOT NULL,
        -- the event, or the instance and the deadline, that could not be handled
        input text NOT NULL,
        stream_id text NOT NULL,
        -- a code; what's in the event stays in the log
        reason text NOT NULL,
        parked_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (manager, input)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.parked_reactions, vault.reaction_deadlines, vault.reaction_checkpoints');
  }
}
