import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What it takes to have inputs of process managers taken up again that were set aside. */
export class ParkedReplay1764000001410 implements MigrationInterface {
  readonly name = 'ParkedReplay1764000001410';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE vault.parked_reactions ADD COLUMN replay_requested boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE vault.parked_reactions DROP COLUMN replay_requested');
  }
}
