import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A version of a projection may be built again beside its live rows: generations are told apart by a build number too. */
export class Builds1764000000330 implements MigrationInterface {
  readonly name = 'Builds1764000000330';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, rest] of [
      ['projection_checkpoints', ''],
      ['dead_letters', ', commit, prepare'],
    ] as const) {
      await runner.query(`
        ALTER TABLE vault.${table}
          ADD COLUMN build integer NOT NULL DEFAULT 1,
          DROP CONSTRAINT ${table}_pkey,
          ADD PRIMARY KEY (projection, version, build${rest})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, rest] of [
      ['projection_checkpoints', ''],
      ['dead_letters', ', commit, prepare'],
    ] as const) {
      await runner.query(`DELETE FROM vault.${table} WHERE build > 1`);
      await runner.query(`
        ALTER TABLE vault.${table}
          DROP CONSTRAINT ${table}_pkey,
          ADD PRIMARY KEY (projection, version${rest}),
          DROP COLUMN build`);
    }
  }
}
