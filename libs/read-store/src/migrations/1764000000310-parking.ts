import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What it takes to park an event together with the later ones about the same thing, and to take them up again. */
export class Parking1764000000310 implements MigrationInterface {
  readonly name = 'Parking1764000000310';

  async up(runner: QueryRunner): Promise<void> {
    // Nothing was parked before this.
    await runner.query(`
      ALTER TABLE vault.dead_letters
        ADD COLUMN revision integer NOT NULL,
        -- the subject, or the stream of an event without one: what's parked together
        ADD COLUMN scope text NOT NULL,
        ADD COLUMN replay_requested boolean NOT NULL DEFAULT false`);
    await runner.query('CREATE INDEX ON vault.dead_letters (projection, version, scope, commit, prepare)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE vault.dead_letters DROP COLUMN revision, DROP COLUMN scope, DROP COLUMN replay_requested',
    );
  }
}
