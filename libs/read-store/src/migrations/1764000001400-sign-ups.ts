import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asked to be written to and hasn't confirmed it yet, and messages that wait to be sent. */
export class SignUps1764000001400 implements MigrationInterface {
  readonly name = 'SignUps1764000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault.outgoing_emails (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        -- in vault.subject_keys: of the day
        key_id uuid NOT NULL,
        sealed bytea NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX ON vault.outgoing_emails (next_attempt_at)');
    await runner.query(`
      CREATE TABLE vault.pending_sign_ups (
        id uuid PRIMARY KEY,
        form_id uuid NOT NULL,
        -- keyed: of the address, and of all that was entered
        address_digest text NOT NULL,
        content_digest text NOT NULL,
        -- in vault.subject_keys: of the day
        key_id uuid NOT NULL,
        -- null once it's confirmed: then it's in the log
        sealed bytea,
        submitted_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        -- of messages about it
        messages integer NOT NULL DEFAULT 1,
        message_at timestamptz NOT NULL,
        CHECK ((sealed IS NULL) = (confirmed_at IS NOT NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX ON vault.pending_sign_ups (content_digest) WHERE confirmed_at IS NULL');
    await runner.query('CREATE INDEX ON vault.pending_sign_ups (address_digest, message_at)');
    await runner.query('CREATE INDEX ON vault.pending_sign_ups (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault.pending_sign_ups, vault.outgoing_emails');
  }
}
