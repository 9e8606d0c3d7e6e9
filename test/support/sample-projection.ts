import type { DomainEvent } from '#libs/kernel';
import { branch, defineProjection, defineTable, row, type Projection } from '#libs/projecting';

/** Names and amounts kept by accounts: a little of everything that a projection does with rows. */
export type SampleEvent =
  | DomainEvent<'account.opened', { id: string; labels: readonly string[]; facts: Record<string, unknown> }>
  | DomainEvent<'account.credited', { id: string; amount: number }>
  | DomainEvent<'account.moved', { from: string; to: string; amount: number }>
  | DomainEvent<'account.audited', { id: string }>
  | DomainEvent<'account.closed', { id: string }>;

export const accounts = defineTable({
  name: 'accounts',
  columns: {
    id: 'text',
    balance: 'numeric',
    credits: 'integer',
    last_position: 'bigint',
    last_at: 'timestamptz?',
    labels: 'text[]',
    facts: 'jsonb',
  },
  key: ['id'],
  indexes: ['(balance DESC, id)'],
});

export const transfers = defineTable({
  name: 'transfers',
  columns: { account: 'text', position: 'bigint', amount: 'bigint' },
  key: ['account', 'position'],
  indexes: [],
});

const credit = (amount: number) => BigInt(amount) * 10n ** 20n;

/** @param version of the projection; rows are the same for all of them */
export const sampleProjection = (version = 1): Projection =>
  defineProjection<SampleEvent>({
    name: 'sample',
    version,
    tables: [accounts, transfers],
    handlers: {
      'account.opened': {
        needs: ({ data }) => [row(accounts, { id: data.id })],
        apply: ({ data, position, occurredAt }, rows) => {
          if (rows.get(accounts, { id: data.id })) return;
          rows.put(accounts, {
            id: data.id,
            balance: 0n,
            credits: 0,
            last_position: position.commit,
            last_at: occurredAt,
            labels: data.labels,
            facts: data.facts,
          });
        },
      },
      'account.credited': {
        needs: ({ data }) => [row(accounts, { id: data.id })],
        apply: ({ data, position }, rows) => {
          if (data.amount < 0) throw new Error(`cannot credit ${data.amount}`);
          const account = rows.get(accounts, { id: data.id });
          if (!account) return;
          rows.put(accounts, {
            ...account,
            balance: account.balance + credit(data.amount),
            credits: account.credits + 1,
            last_position: position.commit,
            last_at: null,
            facts: { ...(account.facts as object), [`k${data.amount}`]: data.amount },
          });
        },
      },
      'account.moved': {
        needs: ({ data }) => [row(accounts, { id: data.from }), row(accounts, { id: data.to })],
        apply: ({ data, position }, rows) => {
          const from = rows.get(accounts, { id: data.from });
          const to = rows.get(accounts, { id: data.to });
          if (!from || !to || data.from === data.to) return;
          rows.put(accounts, { ...from, balance: from.balance - credit(data.amount) });
          rows.put(accounts, { ...to, balance: to.balance + credit(data.amount) });
          rows.put(transfers, { account: data.from, position: position.commit, amount: BigInt(-data.amount) });
          rows.put(transfers, { account: data.to, position: position.commit, amount: BigInt(data.amount) });
        },
      },
      // Sets the balance to what the transfers come to: rows that nothing but the account's own row tells to load.
      'account.audited': {
        needs: () => [],
        apply: ({ data }, rows) => {
          const account = rows.fetch(accounts, { id: data.id });
          if (!account) return;
          const moved = rows.fetchBranch(transfers, { account: data.id }).reduce((sum, t) => sum + t.amount, 0n);
          rows.put(accounts, { ...account, balance: moved * 10n ** 20n });
        },
      },
      'account.closed': {
        needs: ({ data }) => [branch(transfers, { account: data.id })],
        apply: ({ data }, rows) => {
          rows.remove(accounts, { id: data.id });
          for (const { account, position } of rows.branch(transfers, { account: data.id }))
            rows.remove(transfers, { account, position });
        },
      },
    },
  });

/** The same rows, but that a negative amount, on which the sample fails, is taken for what it is. */
export const mendedProjection = (broken: Projection = sampleProjection()): Projection =>
  defineProjection<SampleEvent>({
    ...broken,
    handlers: {
      ...broken.handlers,
      'account.credited': {
        needs: (event) => broken.handlers['account.credited']?.needs(event) ?? [],
        apply: (event, rows) =>
          broken.handlers['account.credited']?.apply(
            { ...event, data: { ...event.data, amount: Math.abs(event.data.amount) } },
            rows,
          ),
      },
    },
  });
