import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets API keys expire and rotate, notes who changed them, and knows which secrets this database was sealed with. */
export class ApiKeyRotation1764000000320 implements MigrationInterface {
  readonly name = 'ApiKeyRotation1764000000320';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE vault.api_keys
        ADD expires_at timestamptz,
        ADD rotated_at timestamptz,
        -- of the secret before the last rotation, which goes on until then
        ADD previous_hash bytea,
        ADD previous_until timestamptz,
        -- coarse: noted at most once a minute and process
        ADD last_used_at timestamptz,
        ADD CHECK ((previous_hash IS NULL) = (previous_until IS NULL))`);
    await runner.query(`
      CREATE TABLE vault.api_key_changes (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key_id text NOT NULL REFERENCES vault.api_keys (id),
        change text NOT NULL CHECK (change IN ('created', 'rotated', 'revoked')),
        changed_at timestamptz NOT NULL DEFAULT now(),
        -- the login that PostgreSQL checked
        changed_by text NOT NULL DEFAULT session_user
      )`);
    await runner.query('CREATE INDEX ON vault.api_key_changes (key_id)');
    await runner.query(`
      CREATE TABLE vault.secret_fingerprints (
        -- the file's name
        secret text PRIMARY KEY,
        -- a keyed digest: it shows which key it is, and nothing of it
        fingerprint text NOT NULL,
        noted_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.secret_fingerprints, vault.api_key_changes');
    await runner.query(`
      ALTER TABLE vault.api_keys
        DROP expires_at, DROP rotated_at, DROP previous_hash, DROP previous_until, DROP last_used_at`);
  }
}
