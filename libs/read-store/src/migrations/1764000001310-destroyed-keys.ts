import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether anybody was erased since a moment is asked every few seconds, and with each look into the past. */
export class DestroyedKeys1764000001310 implements MigrationInterface {
  readonly name = 'DestroyedKeys1764000001310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX subject_keys_destroyed ON vault.subject_keys (destroyed_at) WHERE destroyed_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX vault.subject_keys_destroyed');
  }
}
