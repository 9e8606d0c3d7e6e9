import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who searched for what, and whom they were shown. */
export class SearchRecords1764000001000 implements MigrationInterface {
  readonly name = 'SearchRecords1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.search_records (
        id uuid PRIMARY KEY,
        -- whole milliseconds: pages continue after it
        searched_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
        caller_id text NOT NULL,
        caller_kind text NOT NULL,
        purpose text,
        requisition_id text,
        -- json, not jsonb: it's written often and looked into rarely
        request json NOT NULL,
        -- in the order that they were shown in
        result_ids uuid[] NOT NULL,
        total bigint,
        -- how far the read model had come when this was recorded
        commit bigint,
        prepare bigint
      )`);
    await runner.query('CREATE INDEX ON vault.search_records (searched_at, id)');
    await runner.query('CREATE INDEX ON vault.search_records (caller_id, searched_at, id)');
    await runner.query(
      'CREATE INDEX ON vault.search_records (requisition_id, searched_at, id) WHERE requisition_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX ON vault.search_records USING gin (result_ids)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.search_records');
  }
}
