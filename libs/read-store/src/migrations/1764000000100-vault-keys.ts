import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subject keys, the contact index and the API keys: none of it can be derived from the log. */
export class VaultKeys1764000000100 implements MigrationInterface {
  readonly name = 'VaultKeys1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS vault');
    await runner.query(`
      CREATE TABLE vault.subject_keys (
        subject_id uuid NOT NULL,
        key_group text NOT NULL,
        -- null once destroyed: the tombstone keeps the subject from ever getting another key
        wrapped bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        destroyed_at timestamptz,
        PRIMARY KEY (subject_id, key_group),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE TABLE vault.contact_index (
        kind text NOT NULL,
        digest text NOT NULL,
        candidate_id uuid NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (kind, digest, candidate_id)
      )`);
    await runner.query('CREATE INDEX ON vault.contact_index (candidate_id)');
    await runner.query(`
      CREATE TABLE vault.api_keys (
        id text PRIMARY KEY,
        role text NOT NULL CHECK (role IN ('service', 'analyst', 'auditor', 'admin')),
        name text NOT NULL,
        hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.api_keys, vault.contact_index, vault.subject_keys');
  }
}
