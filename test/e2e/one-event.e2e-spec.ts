import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

const ada = {
  name: { full: 'Adalovelacia Byronique', given: 'Adalovelacia', family: 'Byronique' },
  title: 'Senior Software Engineer',
  contactPoints: [
    { kind: 'email', value: 'adalovelacia.byronique@example.org' },
    { kind: 'phone', value: '+15125550177' },
  ],
  skills: [{ name: 'PostgreSQL', years: 7 }],
  location: { city: 'Austin', region: 'TX', country: 'US' },
  tags: ['alumni'],
  source: { kind: 'social-media', name: 'LinkedIn' },
};

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path);
    if (stat.isDirectory()) return filesBelow(path);
    return stat.isFile() ? [path] : [];
  });

describe('One event, from the request to the row', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;
  let candidateId = '';

  beforeAll(async () => {
    rapport = await RapportProcess.start(home);
  }, 90_000);

  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, 60_000);

  it('is shown by a query that waits for its position', async () => {
    const added = await rapport.command('POST', '/v1/candidates', ada, { 'idempotency-key': 'ada-1' });
    expect(added.status).toBe(201);
    candidateId = String(added.body['id']);
    const opened = await rapport.command('POST', `/v1/candidates/${candidateId}/interactions`, {
      type: 'interest.expressed',
      data: { interest: 'backend' },
    });
    expect(opened.status).toBe(201);
    const found = await rapport.query('POST', `/v1/candidates/search?after=${String(opened.body['position'])}`, {
      text: 'sofware enginer adalovelacia',
    });
    expect(found).toMatchObject({
      status: 200,
      body: { items: [{ id: candidateId, name: 'Adalovelacia Byronique' }] },
    });
    const score = await rapport.query(
      'GET',
      `/v1/candidates/${candidateId}/score?after=${String(opened.body['position'])}`,
    );
    expect(score.status).toBe(200);
    const silent = await rapport.query('GET', `/v1/candidates/${candidateId}/relationship`);
    expect(silent).toMatchObject({ status: 200, body: { availability: null } });
    const timeline = await rapport.query(
      'GET',
      `/v1/candidates/${candidateId}/timeline?after=${String(opened.body['position'])}`,
    );
    expect((timeline.body['items'] as { type: string }[]).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['candidate.added', 'interest.expressed']),
    );
  });

  it('happens once, however often the command is sent', async () => {
    const again = await rapport.command('POST', '/v1/candidates', ada, { 'idempotency-key': 'ada-1' });
    expect(again).toMatchObject({ status: 201, body: { id: candidateId } });
    const other = await rapport.command(
      'POST',
      '/v1/candidates',
      { ...ada, title: 'Baker' },
      { 'idempotency-key': 'ada-1' },
    );
    expect(other.status).toBe(422);
    const history = await rapport.query('GET', `/v1/audit/candidates/${candidateId}/history`, undefined, 'auditor');
    expect(history).toMatchObject({ status: 200, body: { verified: true } });
    const types = (history.body['items'] as { type: string }[]).map(({ type }) => type);
    expect(types).toEqual(['candidate.added', 'interest.expressed']);
  });

  it('leaves no personal byte in the event store, its dump, or any log', async () => {
    const needles = ['Adalovelacia', 'adalovelacia.byronique@example.org', '15125550177'];
    const { default: pg } = await import('pg');
    const events = rapport.instance.databaseUrl.replace(/\/[^/?]+(\?|$)/, '/rapport_events$1');
    const client = new pg.Client({ connectionString: events });
    await client.connect();
    try {
      // Only then has everything left PostgreSQL's memory for its files.
      await client.query('CHECKPOINT');
      const { rows } = await client.query<{ oid: string; rows: string }>(
        'SELECT oid::text AS oid FROM pg_database WHERE datname = current_database()',
      );
      const tables = await client.query<{ name: string }>(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
      );
      expect(tables.rows.length).toBeGreaterThan(0);
      let dump = '';
      for (const { name } of tables.rows) {
        const all = await client.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
        for (const row of all.rows) {
          for (const value of Object.values(row))
            dump += Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
        }
      }
      expect(dump).toContain('candidate.added');
      const files = filesBelow(join(home, '.rapport/data/postgres/base', rows[0]?.oid ?? ''));
      const texts: [string, string][] = [
        ['dump', dump],
        ...[...files, ...filesBelow(join(home, '.rapport/logs'))].map((path): [string, string] => [
          path,
          readFileSync(path, 'latin1'),
        ]),
        ['what start printed', rapport.output],
      ];
      const leaks = texts.flatMap(([where, text]) =>
        needles.filter((needle) => text.includes(needle)).map((needle) => `${needle} in ${where}`),
      );
      expect(leaks).toEqual([]);
    } finally {
      await client.end();
    }
  });

  it('is still there after Ctrl-C and another start, and nothing is left running in between', async () => {
    const pids = rapport.pids();
    await rapport.stop();
    await until('all processes to be gone', () => !pids.some(isAlive), 15_000);
    rapport = await RapportProcess.start(home);
    const found = await until('the candidate to be found', async () => {
      const answer = await rapport.query('GET', `/v1/candidates/${candidateId}`);
      return answer.status === 200 ? answer : undefined;
    });
    expect(found.body).toMatchObject({ name: 'Adalovelacia Byronique' });
  }, 120_000);

  it('survives kill -9 of the supervisor, and the next start finds no obstacle', async () => {
    const pids = rapport.pids();
    await rapport.kill();
    rapport = await RapportProcess.start(home);
    expect(pids.filter(isAlive)).toEqual([]);
    const answer = await rapport.query('GET', `/v1/candidates/${candidateId}`);
    expect(answer.status).toBe(200);
  }, 120_000);
});
