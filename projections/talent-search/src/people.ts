import { idsOfPerson, type Follower } from '#libs/merging';
import { branch, row, type Rows } from '#libs/projecting';
import { recordedFor, type TalentFact } from './facts.js';
import { momentsOf } from './moments.js';
import { onePerson } from './one-person.js';
import {
  talent,
  talentActivity,
  talentFacts,
  talentPersons,
  talentRecords,
  talentTraits,
  type Talent,
} from './tables.js';
import { traitsOf } from './traits.js';

/** What was recorded under one id. */
interface Recorded {
  /** Undefined for an id of which the profile isn't here, because its events were set aside. */
  readonly record: Talent | undefined;
  readonly facts: readonly TalentFact[];
}

const later = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);
const latest = (facts: readonly TalentFact[]): Date | null =>
  facts.reduce<Date | null>((last, { at }) => later(last, at), null);

/** When something happened last, by all that happened. */
export const activityOf = (candidateId: string, facts: readonly TalentFact[]) => ({
  candidate_id: candidateId,
  last_human_contact_at: latest(facts.filter((fact) => fact.by_person)),
  last_interaction_at: latest(facts),
  merged_into: null,
});

/** Takes the rows of a person apart, by the ids that they were recorded under. */
const recordedOf = (rows: Rows, ids: readonly string[]): [string, Recorded][] => {
  const [personId = '', ...others] = ids;
  const facts = rows.fetchBranch(talentFacts, { candidate_id: personId });
  const table = others.length === 0 ? talent : talentRecords;
  return ids.map((id) => [
    id,
    {
      record: rows.fetch(table, { candidate_id: id }),
      facts: facts.filter((fact) => recordedFor(fact) === id),
    },
  ]);
};

const removePerson = (rows: Rows, ids: readonly string[]): void => {
  for (const candidate_id of ids) {
    rows.remove(talent, { candidate_id });
    rows.remove(talentTraits, { candidate_id });
    rows.remove(talentRecords, { candidate_id });
    rows.remove(talentActivity, { candidate_id });
  }
};

/** Facts under the id that the person goes by: those that are under another one are moved. */
const factsUnder = (rows: Rows, personId: string, id: string, facts: readonly TalentFact[]): readonly TalentFact[] =>
  facts.map((fact) => {
    if (fact.candidate_id === personId) return fact;
    const moved = { ...fact, candidate_id: personId, recorded_for: id === personId ? null : id };
    rows.remove(talentFacts, { candidate_id: fact.candidate_id, position: fact.position });
    rows.put(talentFacts, moved);
    return moved;
  });

const putPerson = (rows: Rows, ids: readonly string[], recorded: ReadonlyMap<string, Recorded>): void => {
  const [personId = ''] = ids;
  const known = ids.flatMap((id) => recorded.get(id)?.record ?? []);
  const facts = ids.flatMap((id) => factsUnder(rows, personId, id, recorded.get(id)?.facts ?? []));
  const [first, ...others] = known;
  if (!first) return;
  if (ids.length > 1) {
    for (const record of known) {
      rows.put(talentRecords, record);
      rows.put(talentActivity, { ...activityOf(record.candidate_id, []), merged_into: personId });
    }
  }
  const person = { ...onePerson([first, ...others]), candidate_id: personId, of_several: ids.length > 1 };
  rows.put(talent, person);
  rows.put(talentTraits, traitsOf(person, momentsOf(facts)));
  rows.put(talentActivity, activityOf(personId, facts));
};

/** Puts another record of one id in its place, where the person has several. */
export const putRecord = (rows: Rows, personId: string, record: Talent): void => {
  const ids = idsOfPerson(rows, talentPersons, personId);
  const recorded = new Map(recordedOf(rows, ids));
  const { facts = [] } = recorded.get(record.candidate_id) ?? {};
  putPerson(rows, ids, recorded.set(record.candidate_id, { record, facts }));
};

/** A row a person, whoever turns out to be one. */
export const talentFollower: Follower = {
  needs: (candidateId) => [
    row(talent, { candidate_id: candidateId }),
    row(talentRecords, { candidate_id: candidateId }),
    branch(talentFacts, { candidate_id: candidateId }),
  ],
  regroup: (rows, { before, after }) => {
    const recorded = new Map(before.flatMap((ids) => recordedOf(rows, ids)));
    for (const ids of before) removePerson(rows, ids);
    for (const ids of after) putPerson(rows, ids, recorded);
  },
};
