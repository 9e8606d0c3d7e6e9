import { createLogger } from '#libs/observability';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { text } from 'node:stream/consumers';
import { CandidateExports, type AskedExport } from './candidate-exports.js';
import { ExportSlots } from './export-slots.js';

const PART = 500;
const lists = { skills: [], tags: [], free_tags: [], occupations: [], interests: [], languages: [] };
const rowAt = (n: number) => ({
  ...lists,
  candidate_id: `id-${n}`,
  emails: [],
  phones: [],
  profile_urls: [],
  custom_fields: {},
  added_at: new Date(0),
});

/** A PostgreSQL that holds so many people, behind one connection. */
class FakeDatabase {
  read = 0;
  /** How connections came back: true where they were thrown away. */
  readonly released: unknown[] = [];
  readonly pool = { connect: () => Promise.resolve(this) };
  readonly processID = 1;

  constructor(private readonly people: number) {}

  on = (): void => undefined;
  off = (): void => undefined;
  release = (how: unknown): void => void this.released.push(how);
  query = (sql: unknown): Promise<unknown> => {
    const size = typeof sql === 'string' && sql.startsWith('FETCH') ? Math.min(PART, this.people - this.read) : 0;
    const rows = Array.from({ length: size }, (_, n) => rowAt(this.read + n));
    this.read += size;
    return Promise.resolve({ rows });
  };
}

describe('An export', () => {
  const logger = createLogger({ service: 'test', level: 'silent' });
  let slots: ExportSlots;
  let gone: AbortController;
  let recorded: string[];
  let failing: number | undefined;
  beforeEach(() => {
    slots = new ExportSlots();
    gone = new AbortController();
    recorded = [];
    failing = undefined;
  });
  afterEach(() => gone.abort());

  const records = {
    record: ({ shown, exported }: { shown: { id: string }[]; exported: { part: number } }) => {
      if (exported.part === failing) return Promise.reject(new Error('The disk is full.'));
      recorded.push(...shown.map(({ id }) => id));
      return Promise.resolve();
    },
  };
  const start = (database: FakeDatabase, format: 'csv' | 'ndjson') =>
    new CandidateExports(database as never, slots, records as never, logger).start(
      {
        caller: { keyId: 'a', roles: [], actor: { kind: 'user', id: 'a' } },
        search: { criteria: {}, now: new Date(0) },
        format,
        columns: ['id'],
        record: { request: {} },
      } satisfies AskedExport,
      gone.signal,
    );

  it('is recorded before it is sent, is read no faster than it is taken, and gives its connection back', async () => {
    const database = new FakeDatabase(10 * PART + 1);
    const { content } = await start(database, 'csv');
    expect([database.read, recorded.length]).toEqual([PART, PART]);
    const sent = (await text(content)).trim().split('\r\n');
    expect(sent).toEqual(['id', ...recorded]);
    expect(sent).toHaveLength(10 * PART + 2);
    expect(database.released).toEqual([false]);
  });

  it('ends with a line that says so, or with an error, once a part cannot be recorded', async () => {
    failing = 1;
    const { content } = await start(new FakeDatabase(3 * PART), 'ndjson');
    const lines = (await text(content)).trim().split('\n');
    expect(lines).toHaveLength(PART + 1);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ status: 500, problem: { status: 500 } });
    const broken = await start(new FakeDatabase(3 * PART), 'csv');
    await expect(text(broken.content)).rejects.toThrow('ended before its end');
  });

  it('does not begin where nothing can be recorded, and keeps nothing', async () => {
    failing = 0;
    const database = new FakeDatabase(1);
    await expect(start(database, 'csv')).rejects.toThrow('The disk is full.');
    expect(database.released).toEqual([true]);
    (await slots.enter('a'))();
  });

  it('throws its connection away, and makes room, when its caller goes', async () => {
    const database = new FakeDatabase(1_000 * PART);
    const { content } = await start(database, 'ndjson');
    const closed = new Promise((resolve) => content.once('close', resolve));
    gone.abort();
    await closed;
    (await slots.enter('a'))();
    expect(database.released).toEqual([true]);
    expect(database.read).toBeLessThan(5 * PART);
  });
});
