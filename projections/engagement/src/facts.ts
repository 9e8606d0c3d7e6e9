import type { RowOf } from '#libs/projecting';
import type { Fact, Verdict } from '#libs/scoring';
import type { engagementFacts, StoredVerdict } from './tables.js';

/** The columns of a fact that a model weighs. */
export type FactRow = Pick<
  RowOf<typeof engagementFacts.columns>,
  'event_id' | 'type' | 'occurred_at' | 'agent' | 'outcome' | 'unsubscribes' | 'verdicts'
>;

/** The verdict that counts: the last one that was recorded by then. */
const verdictOf = (verdicts: unknown, asOfPosition?: bigint): Verdict | undefined => {
  const found = (verdicts as readonly StoredVerdict[]).findLast(
    ({ position }) => asOfPosition === undefined || BigInt(position) <= asOfPosition,
  );
  return found && { verdict: found.verdict, classifierVersion: found.classifierVersion };
};

/** A row as a model weighs it, with what was known of it at a position of the log; with all, unless given. */
export const factOf = (row: FactRow, asOfPosition?: bigint): Fact => ({
  id: row.event_id,
  type: row.type,
  at: row.occurred_at,
  agent: (row.agent ?? undefined) as Fact['agent'],
  verdict: verdictOf(row.verdicts, asOfPosition),
  outcome: row.outcome ?? undefined,
  unsubscribes: row.unsubscribes,
});
