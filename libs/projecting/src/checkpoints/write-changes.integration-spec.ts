import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { transfers } from '../../../../test/support/sample-projection.js';
import { createTables } from '../generations/generations.js';
import { scratchTables, targetOf } from '../generations/table-names.js';
import { writeInTransaction } from './write-changes.js';

const names = scratchTables('written');
const target = targetOf(names, transfers);
const transfer = (position: number, amount: number) => ({
  account: 'a',
  position: BigInt(position),
  amount: BigInt(amount),
});
const all = (amount: number) => Array.from({ length: 200 }, (_, n) => transfer(n, amount));

describe('Writing changes', () => {
  let scratch: ScratchDatabase;
  beforeAll(async () => {
    scratch = await scratchDatabase();
    await scratch.database.query('CREATE SCHEMA written');
    await createTables(scratch.database, names, [transfers]);
  });
  afterAll(() => scratch.drop());

  const stored = () =>
    scratch.database.query(`SELECT count(*)::integer AS rows, sum(amount)::integer AS total FROM ${target}`);

  it('copies rows that are new, and replaces one that is there after all', async () => {
    const ways: boolean[] = [];
    const write = (amount: number) =>
      writeInTransaction(scratch.database, async (tx, changes) => {
        ways.push(true);
        await changes(tx, names, [
          { table: transfers, adds: all(amount), puts: [], removals: [{ account: 'b', position: 1n }] },
        ]);
      });
    await write(1);
    expect([ways.length, await stored()]).toEqual([1, [{ rows: 200, total: 200 }]]);
    await write(2);
    expect([ways.length, await stored()]).toEqual([3, [{ rows: 200, total: 400 }]]);
  });

  it('writes nothing where a value does not fit, and keeps the connection', async () => {
    const unfit = [...all(7).slice(1), { ...transfer(0, 7), amount: 7 }];
    const writing = writeInTransaction(scratch.database, (tx, changes) =>
      changes(tx, names, [{ table: transfers, adds: unfit, puts: [], removals: [] }]),
    );
    await expect(writing).rejects.toMatchObject({ name: 'ColumnValueError' });
    expect(await stored()).toEqual([{ rows: 200, total: 400 }]);
  });
});
