import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a recorded search came from: a search that was saved, or a pool; and the export that it's a part of. */
export class SearchRecordOrigins1764000001010 implements MigrationInterface {
  readonly name = 'SearchRecordOrigins1764000001010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE vault.search_records
        ADD COLUMN saved_search_id uuid,
        ADD COLUMN pool_id uuid,
        ADD COLUMN export_id uuid,
        -- of the export, from 0; null where it's none
        ADD COLUMN part integer`);
    for (const column of ['saved_search_id', 'pool_id', 'export_id'])
      await runner.query(
        `CREATE INDEX ON vault.search_records (${column}, searched_at, id) WHERE ${column} IS NOT NULL`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE vault.search_records
        DROP COLUMN saved_search_id, DROP COLUMN pool_id, DROP COLUMN export_id, DROP COLUMN part`);
  }
}
