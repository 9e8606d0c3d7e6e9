import { createDatabase, loadOrCreateSecrets } from '#libs/embedded';
import { CommandRunner } from '#libs/event-store';
import { defineEvent, newId, ok, type Decider, type DomainEvent, type LogPosition } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { defineProjection, defineTable, ReadModelGate, row } from '#libs/projecting';
import { Database, migrate } from '#libs/read-store';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../test/support/until.js';
import { createProjector } from './create-projector.js';
import type { ProjectorStatus } from './status/projector-status.js';

/** Types of this run alone: the event store is shared with other suites. */
const counted = `counter-${newId().slice(0, 8)}.counted`;
type Counted = DomainEvent<typeof counted, { by: number; note: string }>;

const counters = defineTable({
  name: 'counters',
  columns: { id: 'text', total: 'bigint', note: 'text' },
  key: ['id'],
  indexes: [],
});
const projection = defineProjection<Counted>({
  name: 'counters',
  version: 1,
  tables: [counters],
  handlers: {
    [counted]: {
      needs: ({ streamId }) => [row(counters, { id: streamId })],
      apply: ({ streamId, data }, rows) => {
        const total = rows.get(counters, { id: streamId })?.total ?? 0n;
        rows.put(counters, { id: streamId, total: total + BigInt(data.by), note: data.note });
      },
    },
  },
});
const definition = defineEvent({
  type: counted,
  version: 1,
  schema: {
    type: 'object',
    properties: { by: { type: 'integer' }, note: { type: 'string', privacy: 'narrative' } },
    required: ['by', 'note'],
    additionalProperties: false,
  },
});
const counter: Decider<number, number, Counted> = {
  initial: 0,
  decide: (by) => ok([{ type: counted, data: { by, note: `counted by ${by}` } }]),
  evolve: (total, { data }) => total + data.by,
};

const SERVERS_MILLISECONDS = 30_000;
const WAIT_MILLISECONDS = 10_000;

describe('The projector on its servers', () => {
  let projector: NestFastifyApplication;
  let gate: ReadModelGate;
  let database: Database;
  let secretsDir: string;
  let base: string;
  const logged: string[] = [];

  beforeAll(async () => {
    const databaseUrl = await createDatabase(process.env['DATABASE_URL'] ?? '', `projector_${newId().slice(0, 8)}`);
    await migrate(databaseUrl);
    secretsDir = await mkdtemp(join(tmpdir(), 'projector-'));
    loadOrCreateSecrets(secretsDir);
    projector = await createProjector({
      databaseUrl,
      eventStoreUrl: process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '',
      secretsDir,
      logger: createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } }),
      projections: [projection],
      definitions: [definition],
    });
    await projector.listen(0, '127.0.0.1');
    base = await projector.getUrl();
    database = new Database(databaseUrl, { max: 2 });
    gate = new ReadModelGate(database);
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await gate.onApplicationShutdown();
    await database.close();
    await projector.close();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const count = async (id: string, subjectId: string, by: number): Promise<LogPosition> => {
    const outcome = await projector.get(CommandRunner, { strict: false }).execute({
      decider: counter,
      stream: { category: 'counter', id },
      subjectId,
      command: by,
      meta: {
        context: { actor: { kind: 'service', id: 'test' }, correlationId: newId(), source: 'test' },
        occurredAt: new Date(),
      },
    });
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value.position;
  };
  const status = async (): Promise<ProjectorStatus> =>
    (await (await fetch(`${base}/status`)).json()) as ProjectorStatus;

  it('shows in the rows what was appended, as soon as the gate opens', async () => {
    const [id, subject] = [newId(), newId()];
    for (let by = 1; by <= 20; by++) {
      const position = await count(id, subject, by);
      expect(await gate.waitFor('counters', position, WAIT_MILLISECONDS)).toBe('reached');
      const [found] = await database.query('SELECT total, note FROM read.counters WHERE id = $1', [`counter-${id}`]);
      expect(found).toEqual({ total: String((by * (by + 1)) / 2), note: `counted by ${by}` });
    }
  });

  it('takes in many writers at once', async () => {
    const ids = Array.from({ length: 40 }, newId);
    const subject = newId();
    const positions = await Promise.all(ids.flatMap((id) => [1, 2, 3, 4, 5].map((by) => count(id, subject, by))));
    for (const position of positions)
      expect(await gate.waitFor('counters', position, WAIT_MILLISECONDS)).toBe('reached');
    const [found] = await database.query(
      'SELECT count(*)::integer AS rows, min(total)::integer AS low, max(total)::integer AS high FROM read.counters WHERE id = ANY($1)',
      [ids.map((id) => `counter-${id}`)],
    );
    expect(found).toEqual({ rows: 40, low: 15, high: 15 });
  });

  it('says how it stands, to programs and to browsers, without a key', async () => {
    const position = await count(newId(), newId(), 1);
    await gate.waitFor('counters', position, WAIT_MILLISECONDS);
    // Other suites write to the same log: it's between two of their events that nothing waits.
    const standing = await until('nothing waiting', async () => {
      const now = await status();
      const [first] = now.projections;
      return first?.state === 'live' && first.pendingEvents === 0 && first.lagSeconds === 0 && now;
    });
    expect(standing).toMatchObject({
      projections: [{ projection: 'counters', generation: 'live', pendingEvents: 0, lagSeconds: 0 }],
      stored: [{ projection: 'counters', generation: 'live', state: 'running' }],
    });
    const page = await fetch(`${base}/status`, { headers: { accept: 'text/html,*/*' } });
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain('<td>counters</td>');
  });

  it('has metrics', async () => {
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toMatch(/rapport_projection_state\{projection="counters",version="1",state="(live|catching-up)"\} 1/);
    expect(text).toMatch(/rapport_projection_lag_seconds\{projection="counters",version="1"\} [\d.]+/);
    expect(text).toMatch(/rapport_projection_events_total\{projection="counters",version="1"\} [1-9]/);
    expect(text).toMatch(/rapport_projection_dead_letters\{projection="counters"\} 0/);
    expect(text).toMatch(/rapport_read_model_position\{projection="counters"\} [1-9]/);
    expect(text).toMatch(/rapport_read_model_lag_positions\{projection="counters"\} \d/);
    expect(text).toMatch(/rapport_past_jobs\{state="failed"\} 0/);
    expect(text).not.toContain('counted by');
  });

  it('holds no checkpoint for longer than its election where it is frozen in a transaction', async () => {
    const [shown] = await projector.get(Database, { strict: false }).query('SHOW idle_in_transaction_session_timeout');
    expect(shown).toEqual({ idle_in_transaction_session_timeout: '10s' });
  });

  it('is live and ready, and logs nothing of what it reads', async () => {
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    expect(logged.join('\n')).not.toContain('counted by');
  });
});
