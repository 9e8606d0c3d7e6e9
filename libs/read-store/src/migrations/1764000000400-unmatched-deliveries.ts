import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What providers told us about people whom we don't know (yet), or in words that we don't. */
export class UnmatchedDeliveries1764000000400 implements MigrationInterface {
  readonly name = 'UnmatchedDeliveries1764000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.unmatched_deliveries (
        id uuid PRIMARY KEY,
        -- keyed: what makes it the same, however often it's delivered
        digest text NOT NULL UNIQUE,
        provider text NOT NULL,
        reason text NOT NULL,
        -- in vault.subject_keys: of the day on which it came
        key_id uuid NOT NULL,
        sealed bytea NOT NULL,
        deliveries integer NOT NULL DEFAULT 1,
        attempts integer NOT NULL DEFAULT 0,
        received_at timestamptz NOT NULL DEFAULT now(),
        tried_at timestamptz
      )`);
    await runner.query('CREATE INDEX ON vault.unmatched_deliveries (coalesce(tried_at, received_at), id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.unmatched_deliveries');
  }
}
