import {
  candidateEventDefinitions,
  classificationEventDefinitions,
  engagementEventDefinitions,
  type CandidateEvent,
  type Classified,
} from '#libs/candidates';
import { subjectOf, type StoredEvent } from '#libs/kernel';
import { followMerges, personIdOf } from '#libs/merging';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { applicationTypes, factOf, recordedFor, withVerdict, type TalentFact } from './facts.js';
import { activityOf, putRecord, talentFollower } from './people.js';
import { profileChange, unknownPerson, searchable } from './profile.js';
import {
  talent,
  talentActivity,
  talentFacts,
  talentPersons,
  talentRecords,
  talentTraits,
  type Talent,
} from './tables.js';
import { hasMoments, traitsOf, withFact } from './traits.js';

const needsRecord = (event: StoredEvent) => [
  row(talent, { candidate_id: subjectOf(event) }),
  row(talentTraits, { candidate_id: subjectOf(event) }),
];

/** What's known under an id, and the id of the person, if that has several. */
const known = (
  event: StoredEvent,
  rows: Rows,
): { readonly record: Talent | undefined; readonly personId: string | undefined } => {
  const candidateId = subjectOf(event);
  const found = rows.get(talent, { candidate_id: candidateId });
  if (found && !found.of_several) return { record: found, personId: undefined };
  const personId = found ? candidateId : personIdOf(rows, talentPersons, candidateId);
  if (personId === undefined) return { record: undefined, personId };
  return { personId, record: rows.fetch(talentRecords, { candidate_id: candidateId }) };
};

const profile: Handler = {
  needs: needsRecord,
  apply: (event, rows) => {
    const candidateId = subjectOf(event);
    const { record, personId } = known(event, rows);
    const before = record ?? unknownPerson(candidateId, event.occurredAt);
    const changed = profileChange(event as StoredEvent & CandidateEvent, before);
    const after = searchable({ ...before, ...changed, revision: event.revision });
    if (personId !== undefined) return putRecord(rows, personId, after);
    rows.put(talent, after);
    if (!record) rows.put(talentActivity, activityOf(candidateId, []));
    const traits = rows.get(talentTraits, { candidate_id: candidateId });
    if (!traits || Object.keys(changed).length > 0) rows.put(talentTraits, traitsOf(after, traits?.moments ?? []));
  },
};

/** Somebody is there: that their id is another person's already is known before, so that nothing has to be fetched. */
const added: Handler = {
  needs: (event) => [...needsRecord(event), row(talentPersons.aliases, { candidate_id: subjectOf(event) })],
  apply: (event, rows) => profile.apply(event, rows),
};

const itsActivity = (event: StoredEvent) => [row(talentActivity, { candidate_id: subjectOf(event) })];

/** When something happened last with the person whom an event is about, under the id that they go by. */
const activityBefore = (event: StoredEvent, rows: Rows): RowOf<typeof talentActivity.columns> => {
  const own = rows.get(talentActivity, { candidate_id: subjectOf(event) });
  const persons = own && own.merged_into !== null ? rows.fetch(talentActivity, { candidate_id: own.merged_into }) : own;
  // Their own stream comes first in the log; an interaction of nobody can't be.
  if (!persons) throw new Error(`${event.type} of a candidate who was never added.`);
  return persons;
};

const later = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);

/** Traits change by what criteria ask for by name, and by nothing else that happens. */
const itsTraits = (event: StoredEvent) =>
  hasMoments(factOf(event, subjectOf(event))) ? [row(talentTraits, { candidate_id: subjectOf(event) })] : [];

/** The fact is among those that an index knows the person by. */
const putMoments = (rows: Rows, fact: TalentFact): void => {
  if (!hasMoments(fact)) return;
  const key = { candidate_id: fact.candidate_id };
  const traits = fact.recorded_for === null ? rows.get(talentTraits, key) : rows.fetch(talentTraits, key);
  if (!traits) throw new Error(`${fact.kind} of a candidate who was never added.`);
  const after = withFact(traits, fact);
  if (after !== traits) rows.put(talentTraits, after);
};

/** Something happened between us and the person. */
const happening: Handler = {
  needs: (event) => [...itsActivity(event), ...itsTraits(event)],
  apply: (event, rows) => {
    const candidateId = subjectOf(event);
    const before = activityBefore(event, rows);
    const personId = before.candidate_id;
    const told = factOf(event, personId);
    const fact = personId === candidateId ? told : { ...told, recorded_for: candidateId };
    rows.add(talentFacts, fact);
    putMoments(rows, fact);
    rows.put(talentActivity, {
      ...before,
      last_interaction_at: later(before.last_interaction_at, fact.at),
      last_human_contact_at: fact.by_person
        ? later(before.last_human_contact_at, fact.at)
        : before.last_human_contact_at,
    });
  },
};

/** Somebody found out who did it: the last contact may be another one, or none. */
const classified: Handler = {
  needs: itsActivity,
  apply: (event, rows) => {
    const { candidate_id } = activityBefore(event, rows);
    const before = rows.fetchBranch(talentFacts, { candidate_id });
    // A verdict lies with what it's about: of another id's fact it says nothing.
    const facts = before.flatMap((fact) =>
      recordedFor(fact) === subjectOf(event) ? withVerdict([fact], event.data as Classified) : [fact],
    );
    facts.filter((fact, n) => fact !== before[n]).forEach((fact) => rows.put(talentFacts, fact));
    rows.put(talentActivity, activityOf(candidate_id, facts));
  },
};

/** Who there is, to be found by anything that's known of them. */
export const talentSearch = defineProjection({
  name: 'talent-search',
  version: 12,
  tables: [
    talent,
    talentTraits,
    talentActivity,
    talentFacts,
    talentRecords,
    talentPersons.aliases,
    talentPersons.people,
  ],
  handlers: {
    ...Object.fromEntries(candidateEventDefinitions.map(({ type }) => [type, profile])),
    'candidate.added': added,
    ...Object.fromEntries(engagementEventDefinitions.map(({ type }) => [type, happening])),
    ...Object.fromEntries(classificationEventDefinitions.map(({ type }) => [type, classified])),
    ...Object.fromEntries(applicationTypes.map((type) => [type, happening])),
    ...followMerges(talentPersons, talentFollower),
  },
});
