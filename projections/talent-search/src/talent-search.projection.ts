import {
  candidateEventDefinitions,
  classificationEventDefinitions,
  engagementEventDefinitions,
  type CandidateEvent,
  type Classified,
} from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler } from '#libs/projecting';
import { applicationTypes, factOf, withVerdict, type TalentFact } from './facts.js';
import { profileChange, unknownPerson, searchable } from './profile.js';
import { talent, talentActivity, talentFacts } from './tables.js';

const idOf = (event: StoredEvent): string => {
  if (event.subjectId === undefined) throw new Error(`${event.type} is about nobody.`);
  return event.subjectId;
};

const profile: Handler = {
  needs: (event) => [row(talent, { candidate_id: idOf(event) })],
  apply: (event, rows) => {
    const candidateId = idOf(event);
    const before = rows.get(talent, { candidate_id: candidateId });
    const known = before ?? unknownPerson(candidateId, event.occurredAt);
    const changed = profileChange(event as StoredEvent & CandidateEvent, known);
    rows.put(talent, searchable({ ...known, ...changed, revision: event.revision }));
    if (!before)
      rows.put(talentActivity, { candidate_id: candidateId, last_human_contact_at: null, last_interaction_at: null });
  },
};

const later = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);
const latest = (facts: readonly TalentFact[]): Date | null =>
  facts.reduce<Date | null>((last, { at }) => later(last, at), null);

const itsActivity = (event: StoredEvent) => [row(talentActivity, { candidate_id: idOf(event) })];

/** Something happened between us and the person. */
const happening: Handler = {
  needs: itsActivity,
  apply: (event, rows) => {
    const candidateId = idOf(event);
    const known = rows.get(talentActivity, { candidate_id: candidateId });
    // Their own stream comes first in the log; an interaction of nobody can't be.
    if (!known) throw new Error(`${event.type} of a candidate who was never added.`);
    const fact = factOf(event, candidateId);
    rows.put(talentFacts, fact);
    rows.put(talentActivity, {
      ...known,
      last_interaction_at: later(known.last_interaction_at, fact.at),
      last_human_contact_at: fact.by_person ? later(known.last_human_contact_at, fact.at) : known.last_human_contact_at,
    });
  },
};

/** Somebody found out who did it: the last contact may be another one, or none. */
const classified: Handler = {
  needs: itsActivity,
  apply: (event, rows) => {
    const candidateId = idOf(event);
    const before = rows.fetchBranch(talentFacts, { candidate_id: candidateId });
    const facts = withVerdict(before, event.data as Classified);
    const known = rows.get(talentActivity, { candidate_id: candidateId });
    if (!known) throw new Error(`${event.type} of a candidate who was never added.`);
    facts.filter((fact, n) => fact !== before[n]).forEach((fact) => rows.put(talentFacts, fact));
    const last = latest(facts.filter((fact) => fact.by_person));
    rows.put(talentActivity, { ...known, last_human_contact_at: last });
  },
};

/** Who there is, to be found by anything that's known of them. */
export const talentSearch = defineProjection({
  name: 'talent-search',
  version: 3,
  tables: [talent, talentActivity, talentFacts],
  handlers: {
    ...Object.fromEntries(candidateEventDefinitions.map(({ type }) => [type, profile])),
    ...Object.fromEntries(engagementEventDefinitions.map(({ type }) => [type, happening])),
    ...Object.fromEntries(classificationEventDefinitions.map(({ type }) => [type, classified])),
    ...Object.fromEntries(applicationTypes.map((type) => [type, happening])),
  },
});
