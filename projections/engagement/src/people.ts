import type { Follower } from '#libs/merging';
import { branch, type RowOf, type Rows } from '#libs/projecting';
import { liveModel, noStanding, standingAfter } from '#libs/scoring';
import { factOf } from './facts.js';
import { standingColumns } from './standing-row.js';
import { engagementFacts, engagementScores } from './tables.js';

type FactColumns = RowOf<typeof engagementFacts.columns>;

/** The id that a fact was recorded for. */
export const recordedFor = ({ recorded_for, candidate_id }: FactColumns): string => recorded_for ?? candidate_id;

/** When something of a kind happened first. */
const firstOf = (type: string, facts: readonly FactColumns[]): Date | null =>
  facts
    .filter((fact) => fact.type === type)
    .reduce<Date | null>((first, { occurred_at: at }) => (first === null || at < first ? at : first), null);

/** Facts under the id that the person goes by: those that are under another one are moved. */
const factsUnder = (rows: Rows, personId: string, facts: readonly FactColumns[]): readonly FactColumns[] =>
  facts.map((fact) => {
    if (fact.candidate_id === personId) return fact;
    const id = recordedFor(fact);
    const moved = { ...fact, candidate_id: personId, recorded_for: id === personId ? null : id };
    rows.remove(engagementFacts, { candidate_id: fact.candidate_id, event_id: fact.event_id });
    rows.put(engagementFacts, moved);
    return moved;
  });

const putPerson = (rows: Rows, ids: readonly string[], recorded: readonly FactColumns[]): void => {
  const [personId = '', ...others] = ids;
  // Whatever happens under the other ids finds the person by these.
  for (const id of others)
    rows.put(engagementScores, {
      candidate_id: id,
      ...standingColumns(noStanding),
      unsubscribed_at: null,
      complained_at: null,
      merged_into: personId,
    });
  const facts = factsUnder(
    rows,
    personId,
    recorded.filter((fact) => ids.includes(recordedFor(fact))),
  );
  if (facts.length === 0) return;
  rows.put(engagementScores, {
    candidate_id: personId,
    ...standingColumns(
      standingAfter(
        liveModel,
        facts.map((fact) => factOf(fact)),
      ),
    ),
    unsubscribed_at: firstOf('email.unsubscribed', facts),
    complained_at: firstOf('email.complained', facts),
    merged_into: null,
  });
};

/** A standing a person, by all that happened under any of their ids, damped and capped as one history. */
export const engagementFollower: Follower = {
  needs: (candidateId) => [branch(engagementFacts, { candidate_id: candidateId })],
  regroup: (rows, { before, after }) => {
    const recorded = before.flatMap(([personId = '']) => rows.fetchBranch(engagementFacts, { candidate_id: personId }));
    for (const id of before.flat()) rows.remove(engagementScores, { candidate_id: id });
    for (const ids of after) putPerson(rows, ids, recorded);
  },
};
