import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A generation that a rollback brings back is told apart from one that's built: giving up on it must not take it away. */
export class Rollbacks1764000001420 implements MigrationInterface {
  readonly name = 'Rollbacks1764000001420';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE vault.projection_checkpoints ADD COLUMN brought_back boolean NOT NULL DEFAULT false',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE vault.projection_checkpoints DROP COLUMN brought_back');
  }
}
