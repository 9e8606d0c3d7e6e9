import type { Follower } from '#libs/merging';
import { branch, type RowOf, type Rows } from '#libs/projecting';
import { noStanding, standingAfter } from '#libs/scoring';
import { factOf } from './facts.js';
import { forgetRunning } from './running-standings.js';
import { standingColumns } from './standing-row.js';
import type { FactsTable, Standings } from './tables.js';

type FactColumns = RowOf<FactsTable['columns']>;

/** The id that a fact was recorded for. */
export const recordedFor = ({ recorded_for, candidate_id }: FactColumns): string => recorded_for ?? candidate_id;

/** When the first of these happened. */
const firstOf = (facts: readonly FactColumns[]): Date | null =>
  facts.reduce<Date | null>((first, { occurred_at: at }) => (first === null || at < first ? at : first), null);

/** Facts under the id that the person goes by: those that are under another one are moved. */
const factsUnder = (
  by: Standings,
  rows: Rows,
  personId: string,
  facts: readonly FactColumns[],
): readonly FactColumns[] =>
  facts.map((fact) => {
    if (fact.candidate_id === personId) return fact;
    const id = recordedFor(fact);
    const moved = { ...fact, candidate_id: personId, recorded_for: id === personId ? null : id };
    rows.remove(by.facts, { candidate_id: fact.candidate_id, event_id: fact.event_id });
    rows.put(by.facts, moved);
    return moved;
  });

const putPerson = (by: Standings, rows: Rows, ids: readonly string[], recorded: readonly FactColumns[]): void => {
  const [personId = '', ...others] = ids;
  // Whatever happens under the other ids finds the person by these.
  for (const id of others)
    rows.put(by.scores, {
      candidate_id: id,
      ...standingColumns(noStanding, by),
      unsubscribed_at: null,
      complained_at: null,
      merged_into: personId,
    });
  const facts = factsUnder(
    by,
    rows,
    personId,
    recorded.filter((fact) => ids.includes(recordedFor(fact))),
  );
  if (facts.length === 0) return;
  rows.put(by.scores, {
    candidate_id: personId,
    ...standingColumns(
      standingAfter(
        by.model,
        facts.map((fact) => factOf(fact)),
      ),
      by,
    ),
    unsubscribed_at: firstOf(facts.filter((fact) => fact.unsubscribes)),
    complained_at: firstOf(facts.filter(({ type }) => type === 'email.complained')),
    merged_into: null,
  });
};

/** A standing a person, by all that happened under any of their ids, damped and capped as one history. */
export const engagementFollower = (by: Standings): Follower => ({
  needs: (candidateId) => [branch(by.facts, { candidate_id: candidateId })],
  regroup: (rows, { before, after }) => {
    const recorded = before.flatMap(([personId = '']) => rows.fetchBranch(by.facts, { candidate_id: personId }));
    for (const id of before.flat()) rows.remove(by.scores, { candidate_id: id });
    forgetRunning(rows, before.flat());
    for (const ids of after) putPerson(by, rows, ids, recorded);
  },
});
