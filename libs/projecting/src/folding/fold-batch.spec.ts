import type { StoredEvent } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryLog, storedEvent, type NewEvent } from '../../../../test/support/memory-log.js';
import { accounts, sampleProjection, transfers } from '../../../../test/support/sample-projection.js';
import { defineProjection, row, type Rows } from '../projection.js';

import { collectNeeds, foldBatch, HandlerFailedError } from './fold-batch.js';
import { MemoryReadModel } from './memory-read-model.js';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const amount = fc.integer({ min: 0, max: 1_000 });
const anyEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.record({
    type: fc.constant('account.opened'),
    data: fc.record({ id, labels: fc.array(fc.string(), { maxLength: 3 }), facts: fc.dictionary(fc.string(), amount) }),
  }),
  fc.record({ type: fc.constant('account.credited'), data: fc.record({ id, amount }) }),
  fc.record({ type: fc.constant('account.moved'), data: fc.record({ from: id, to: id, amount }) }),
  fc.record({ type: fc.constant('account.audited'), data: fc.record({ id }) }),
  fc.record({ type: fc.constant('account.closed'), data: fc.record({ id }) }),
  fc.record({ type: fc.constant('account.renamed'), data: fc.record({ id }) }),
);

/** A history and where it's cut into batches. */
const historyAndCuts = fc.tuple(fc.array(anyEvent, { maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 12 }));

const history = (events: readonly NewEvent[]) => {
  const log = new MemoryLog();
  log.append(...events);
  return log.events.map(storedEvent);
};

const rowsAfter = (batches: readonly (readonly ReturnType<typeof storedEvent>[])[]) => {
  const model = new MemoryReadModel(sampleProjection());
  for (const batch of batches) model.apply(batch);
  return { accounts: model.rows(accounts), transfers: model.rows(transfers) };
};

describe('Folding in batches', () => {
  it('gives the same rows for any split of a history', () => {
    fc.assert(
      fc.property(historyAndCuts, ([events, cuts]) => {
        const all = history(events);
        const at = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const split = at.slice(1).map((end, i) => all.slice(at[i], end));
        const oneByOne = rowsAfter(all.map((event) => [event]));
        expect(rowsAfter([all])).toEqual(oneByOne);
        expect(rowsAfter(split)).toEqual(oneByOne);
      }),
      { numRuns: 300 },
    );
  });

  it('tells rows that are new, as far as that is known, from those that may be there', () => {
    const events = history([
      { type: 'account.opened', data: { id: 'a', labels: [], facts: {} } },
      { type: 'account.credited', data: { id: 'a', amount: 1 } },
      { type: 'account.credited', data: { id: 'b', amount: 2 } },
    ]);
    const known = { id: 'b', balance: 0n, credits: 0, last_position: 0n, last_at: null, labels: [], facts: {} };
    const stored = new Map([[accounts.name, new Map([['b', known]])]]);
    const needs = collectNeeds(sampleProjection(), events);
    expect(foldBatch(sampleProjection(), events, needs, stored)).toEqual({
      changes: [
        {
          table: accounts,
          adds: [expect.objectContaining({ id: 'a', credits: 1 })],
          puts: [expect.objectContaining({ id: 'b', credits: 1 })],
          removals: [],
        },
      ],
    });
  });

  it('lets a handler see what earlier events of the batch wrote, and removed', () => {
    const all = history([
      { type: 'account.opened', data: { id: 'a', labels: [], facts: {} } },
      { type: 'account.credited', data: { id: 'a', amount: 5 } },
      { type: 'account.closed', data: { id: 'a' } },
      { type: 'account.credited', data: { id: 'a', amount: 7 } },
      { type: 'account.opened', data: { id: 'a', labels: ['again'], facts: {} } },
    ]);
    expect(rowsAfter([all]).accounts).toMatchObject([{ id: 'a', balance: 0n, credits: 0, labels: ['again'] }]);
  });

  it('gives all rows of a branch, also those that the batch itself put', () => {
    const all = history([
      { type: 'account.opened', data: { id: 'a', labels: [], facts: {} } },
      { type: 'account.opened', data: { id: 'b', labels: [], facts: {} } },
      { type: 'account.moved', data: { from: 'a', to: 'b', amount: 3 } },
      { type: 'account.moved', data: { from: 'b', to: 'a', amount: 1 } },
      { type: 'account.closed', data: { id: 'a' } },
    ]);
    for (const cut of [0, 3, 4]) {
      const { transfers: left } = rowsAfter([all.slice(0, cut), all.slice(cut)]);
      expect(left.map(({ account, amount: n }) => [account, n])).toEqual([
        ['b', 3n],
        ['b', -1n],
      ]);
    }
  });

  it('folds again with what a handler fetched, and blames no handler for what was missing', () => {
    const all = history([
      { type: 'account.opened', data: { id: 'a', labels: [], facts: {} } },
      { type: 'account.opened', data: { id: 'b', labels: [], facts: {} } },
      { type: 'account.moved', data: { from: 'a', to: 'b', amount: 3 } },
      { type: 'account.credited', data: { id: 'b', amount: 9 } },
      { type: 'account.audited', data: { id: 'b' } },
      { type: 'account.audited', data: { id: 'a' } },
    ]);
    const expected = [
      { id: 'a', balance: -3n * 10n ** 20n },
      { id: 'b', balance: 3n * 10n ** 20n },
    ];
    for (const cut of [0, 3, 4, 5]) {
      expect(rowsAfter([all.slice(0, cut), all.slice(cut)]).accounts).toMatchObject(expected);
    }
  });

  it('says which event a handler failed on', () => {
    const all = history([
      { type: 'account.opened', data: { id: 'a', labels: [], facts: {} } },
      { type: 'account.credited', data: { id: 'a', amount: -1 } },
    ]);
    const failure = ((): unknown => {
      try {
        return rowsAfter([all]);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(HandlerFailedError);
    expect(failure).toMatchObject({ index: 1, event: all[1] });
  });

  describe('what is done afterwards', () => {
    /** Adds up once a batch what was credited to an account; fails where that is 13. */
    const totals = (reckoned: string[]) =>
      defineProjection<{ type: 'account.credited'; data: { id: string; amount: number } }>({
        name: 'totals',
        version: 1,
        tables: [accounts, transfers],
        handlers: {
          'account.credited': {
            needs: () => [],
            apply: ({ data: { id: account, amount: credited }, position }, rows) => {
              rows.put(transfers, { account, position: position.commit, amount: BigInt(credited) });
              rows.afterwards(account, () => {
                const all = rows.fetchBranch(transfers, { account });
                const balance = all.reduce((sum, one) => sum + one.amount, 0n);
                if (balance === 13n) throw new Error('Nobody may have thirteen.');
                reckoned.push(`${account} ${all.length}`);
                const known = { credits: all.length, last_position: 0n, last_at: null, labels: [], facts: {} };
                rows.put(accounts, { id: account, balance, ...known });
              });
              expect([rows.awaits(account), rows.awaits('z')]).toEqual([true, false]);
            },
          },
        },
      });
    const credits = (...amounts: readonly (readonly [string, number])[]) =>
      history(
        amounts.map(([account, credited]) => ({ type: 'account.credited', data: { id: account, amount: credited } })),
      );

    it('is done once a batch for each key, with all that the batch came to', () => {
      const reckoned: string[] = [];
      const model = new MemoryReadModel(totals(reckoned));
      const all = credits(['a', 1], ['b', 2], ['a', 3], ['a', 4], ['b', 5]);
      model.apply(all.slice(0, 4));
      model.apply(all.slice(4));
      // Once the branches were loaded.
      expect(reckoned).toEqual(['a 3', 'b 1', 'b 2']);
      expect(model.rows(accounts).map(({ id: account, balance }) => [account, balance])).toEqual([
        ['a', 8n],
        ['b', 7n],
      ]);
    });

    it('goes on where it lacked rows, without handling the events again', () => {
      const projection = totals([]);
      const handler = projection.handlers['account.credited'];
      let handled = 0;
      const counting = {
        ...projection,
        handlers: {
          'account.credited': {
            needs: (event: StoredEvent) => handler?.needs(event) ?? [],
            apply: (event: StoredEvent, rows: Rows) => {
              handled++;
              handler?.apply(event, rows);
            },
          },
        },
      };
      const model = new MemoryReadModel(counting);
      model.apply(credits(['a', 1], ['b', 2], ['a', 3]));
      expect(handled).toBe(3);
      expect(model.rows(accounts).map(({ balance }) => balance)).toEqual([4n, 2n]);
    });

    it('takes back what lacked rows had written, and what followed, before it goes on', () => {
      const unknown = { balance: 0n, last_position: 0n, last_at: null, labels: [], facts: {} };
      const creditsOf = (rows: Rows, of: string) => rows.get(accounts, { id: of })?.credits ?? 0;
      const projection = defineProjection<{ type: 'account.credited'; data: { id: string } }>({
        name: 'counting',
        version: 1,
        tables: [accounts, transfers],
        handlers: {
          'account.credited': {
            needs: () => [row(accounts, { id: 'a' }), row(accounts, { id: 'b' })],
            apply: (_, rows) => {
              rows.afterwards('first', () => {
                rows.put(accounts, { ...unknown, id: 'a', credits: creditsOf(rows, 'a') + 1 });
                rows.add(transfers, { account: 'a', position: 1n, amount: 1n });
                rows.afterwards('third', () => rows.put(accounts, { ...unknown, id: 'c', credits: 1 }));
                rows.fetchBranch(transfers, { account: 'b' });
              });
              rows.afterwards('second', () =>
                rows.put(accounts, { ...unknown, id: 'b', credits: creditsOf(rows, 'a') * 10 + creditsOf(rows, 'b') }),
              );
            },
          },
        },
      });
      const model = new MemoryReadModel(projection);
      model.apply(credits(['a', 1], ['a', 2]));
      expect(model.rows(accounts).map(({ id: of, credits: n }) => [of, n])).toEqual([
        ['a', 1],
        ['b', 10],
        ['c', 1],
      ]);
      expect(model.rows(transfers)).toHaveLength(1);
    });

    it('fails as the last event that asked for it', () => {
      const all = credits(['a', 6], ['b', 2], ['a', 7], ['b', 1]);
      expect(() => new MemoryReadModel(totals([])).apply(all)).toThrow(
        expect.objectContaining({ name: 'HandlerFailedError', index: 2, event: all[2] }),
      );
    });
  });

  it('refuses to read a row that "needs" does not name, and to change one in place', () => {
    const careless = (apply: 'read' | 'mutate') =>
      defineProjection<{ type: 'account.credited'; data: { id: string } }>({
        name: 'careless',
        version: 1,
        tables: [accounts],
        handlers: {
          'account.credited': {
            needs: () => [],
            apply: ({ data }, rows) => {
              const account = { id: data.id, balance: 0n, credits: 0, last_position: 0n, last_at: null };
              if (apply === 'mutate') rows.put(accounts, { ...account, labels: [], facts: {} });
              const found = rows.get(accounts, { id: data.id });
              if (found) found.credits = 2;
            },
          },
        },
      });
    const [event] = history([{ type: 'account.credited', data: { id: 'a' } }]);
    for (const what of ['read', 'mutate'] as const) {
      expect(() => new MemoryReadModel(careless(what)).apply(event ? [event] : [])).toThrow(HandlerFailedError);
    }
  });
});
