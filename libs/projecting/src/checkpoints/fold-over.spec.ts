import { describe, expect, it } from '@jest/globals';
import { MemoryLog, storedEvent } from '../../../../test/support/memory-log.js';
import { accounts, transfers } from '../../../../test/support/sample-projection.js';
import { scratchTables } from '../generations/table-names.js';
import { branch, defineProjection, row, type Projection } from '../projection.js';
import { foldOver } from './generation-writer.js';

/** An account that credits go on to: its name is in the labels of the one before. */
const linked = (handled: string[], foresight: boolean): Projection =>
  defineProjection<{ type: 'account.credited'; data: { id: string } }>({
    name: 'linked',
    version: 1,
    tables: [accounts, transfers],
    handlers: {
      'account.credited': {
        needs: ({ data }) => [row(accounts, { id: data.id })],
        ...(foresight
          ? {
              foresees: ({ data }, loaded) => {
                const next = loaded.peek(accounts, { id: data.id })?.labels[0];
                if (next === undefined) return [];
                return loaded.peek(accounts, { id: next })
                  ? [branch(transfers, { account: next })]
                  : [row(accounts, { id: next })];
              },
            }
          : {}),
        apply: ({ data }, rows) => {
          handled.push(data.id);
          const next = rows.get(accounts, { id: data.id })?.labels[0];
          if (next === undefined) return;
          const known = rows.fetch(accounts, { id: next });
          const moved = rows.fetchBranch(transfers, { account: next }).length;
          if (known) rows.put(accounts, { ...known, credits: known.credits + moved });
        },
      },
    },
  });

const account = (id: string, ...labels: string[]) => ({
  id,
  balance: '0',
  credits: 1,
  last_position: '1',
  last_at: null,
  labels,
  facts: {},
});

/** Answers from two accounts, and a transfer of one of them. */
const stored = {
  query: (sql: string, [first]: readonly unknown[] = []) => {
    const asked = String(first);
    const rows = sql.includes('transfers')
      ? [{ account: 'b', position: '1', amount: '5' }]
      : [account('a', 'b'), account('b')];
    return Promise.resolve(rows.filter((one) => asked.includes(`"${'id' in one ? one.id : one.account}"`)) as never);
  },
};

describe('Folding over stored rows', () => {
  const changes = async (foresight: boolean) => {
    const log = new MemoryLog();
    log.append({ type: 'account.credited', data: { id: 'a' } }, { type: 'account.credited', data: { id: 'c' } });
    const handled: string[] = [];
    const events = log.events.map(storedEvent);
    const folded = await foldOver(stored, scratchTables('scratch'), linked(handled, foresight), events);
    return { folded, handled };
  };

  it('handles each event once where what it fetches was foreseen, and gives the same changes where it was not', async () => {
    const [foreseen, unforeseen] = [await changes(true), await changes(false)];
    expect(foreseen.handled).toEqual(['a', 'c']);
    expect(unforeseen.handled).toEqual(['a', 'c', 'a', 'c', 'a', 'c']);
    expect(foreseen.folded).toEqual(unforeseen.folded);
    expect(foreseen.folded).toMatchObject([{ table: accounts, puts: [{ id: 'b', credits: 2 }], removals: [] }]);
  });
});
