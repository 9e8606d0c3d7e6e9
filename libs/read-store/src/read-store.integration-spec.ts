import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '../../../test/support/scratch-database.js';
import { ColumnValueError, keyText, type Row } from './columns.js';
import { Database, DatabaseUnavailableError } from './database.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';
import { copyIn, loadRows, remove, upsert } from './set-writers.js';
import { createTable } from './table-definition.js';
import { defineTable } from './table.js';

const things = defineTable({
  name: 'things',
  columns: {
    id: 'uuid',
    at: 'timestamptz',
    name: 'text?',
    count: 'integer',
    big: 'bigint',
    huge: 'numeric',
    on: 'boolean?',
    tags: 'text[]',
    more_tags: 'text[]?',
    facts: 'jsonb',
  },
  key: ['id', 'at'],
  indexes: ['USING gin (tags)', '(name)'],
});

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const awkward = ['', 'NULL', '\\N', 'a"b', "it's", 'tab\tline\nreturn\r', '{x,y}', '\\', 'ünï 🚀', ' , '];

const thing = (n: number): Row => ({
  id: uuid(n),
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, n)),
  name: n % 3 === 0 ? null : (awkward[n % awkward.length] ?? ''),
  count: n - 5,
  big: 9_007_199_254_740_993n + BigInt(n),
  huge: -(10n ** 30n) + BigInt(n),
  on: n % 2 === 0 ? null : n % 4 === 1,
  tags: awkward.slice(0, n % awkward.length),
  more_tags: n % 4 === 0 ? null : [],
  facts: { text: awkward[n % awkward.length], list: [1, null, { b: true }], number: 0.1 * n },
});
const rows = Array.from({ length: 1_200 }, (_, n) => thing(n));
const byKey = (some: readonly Row[]): Row[] =>
  some.toSorted((a, b) => (keyText(things, a) < keyText(things, b) ? -1 : 1));

describe('The read store', () => {
  let scratch: ScratchDatabase;
  beforeAll(async () => {
    scratch = await scratchDatabase();
  });
  afterAll(() => scratch.drop());

  const table = async (name: string): Promise<string> => {
    await createTable(scratch.database, 'read', name, things);
    return `read.${name}`;
  };
  const all = (target: string) => loadRows(scratch.database, target, things, rows);

  it('gives back every value exactly as it was written, by upsert and by COPY', async () => {
    const written = await table('written');
    await upsert(scratch.database, written, things, rows);
    expect(byKey(await all(written))).toEqual(byKey(rows));
    const copied = await table('copied');
    await scratch.database.transaction((tx) => copyIn(tx, copied, things, rows));
    expect(byKey(await all(copied))).toEqual(byKey(rows));
  });

  it('replaces rows that are there, and removes those that are named', async () => {
    const target = await table('replaced');
    const changed = { ...thing(1), count: 77, tags: ['new'] };
    await upsert(scratch.database, target, things, [thing(0), thing(1), thing(2)]);
    await upsert(scratch.database, target, things, [changed, thing(3)]);
    await remove(scratch.database, target, things, [{ id: uuid(0), at: thing(0)['at'] }, thing(9)]);
    expect(byKey(await all(target))).toEqual(byKey([changed, thing(2), thing(3)]));
  });

  it('refuses a value that does not fit its column, without repeating it', async () => {
    const target = await table('refusing');
    const failure = await upsert(scratch.database, target, things, [{ ...thing(1), count: 'seven' }]).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ColumnValueError);
    expect(String(failure)).toBe('ColumnValueError: things.count takes a whole number.');
  });

  it('runs a prepared statement also after a view that it reads was put over other tables', async () => {
    const { database } = scratch;
    const shown = async (column: string): Promise<unknown> => {
      await database.query('DROP VIEW IF EXISTS read.shown');
      await database.query(`CREATE VIEW read.shown AS SELECT ${column} AS shown`);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => database.query('SELECT shown FROM read.shown', [], { prepared: true })),
      );
      return [...new Set(answers.flat().map((row) => row['shown'] as unknown))];
    };
    expect(await shown('1::integer')).toEqual([1]);
    expect(await shown('2::integer')).toEqual([2]);
    expect(await shown(`'three'::text`)).toEqual(['three']);
    expect(await shown('4::integer')).toEqual([4]);
  });

  it('leaves a server that became read-only for whichever a new connection finds', async () => {
    const database = new Database(scratch.url, { max: 1 });
    const backend = async (): Promise<unknown> => (await database.query('SELECT pg_backend_pid() AS id'))[0]?.['id'];
    try {
      const before = await backend();
      const writing = database.transaction(async (tx) => {
        await tx.query('SET TRANSACTION READ ONLY');
        await tx.query('CREATE TABLE read.refused ()');
      });
      await expect(writing).rejects.toBeInstanceOf(DatabaseUnavailableError);
      expect(await backend()).not.toBe(before);
    } finally {
      await database.close();
    }
  });

  it('is migrated once, by however many processes start at the same time', async () => {
    const fresh = await scratchDatabase({ migrated: false });
    try {
      const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(fresh.url)));
      expect(ran.flat()).toHaveLength(migrations.length);
      expect(await fresh.database.query('SELECT name FROM vault.migrations ORDER BY id')).toHaveLength(
        migrations.length,
      );
    } finally {
      await fresh.drop();
    }
  });
});
