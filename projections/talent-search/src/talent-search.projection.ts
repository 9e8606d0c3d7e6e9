import {
  candidateEventDefinitions,
  engagementEventDefinitions,
  renewsContact,
  type ApplicationEvent,
  type CandidateEvent,
  type EngagementEvent,
} from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type Rows } from '#libs/projecting';
import { profileChange, unknownPerson, withSearchText } from './profile.js';
import { normalise, titleWords } from './search-text.js';
import { talent, talentActivity, talentInterests } from './tables.js';

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
    rows.put(talent, withSearchText({ ...known, ...changed, revision: event.revision }));
    if (!before)
      rows.put(talentActivity, { candidate_id: candidateId, last_human_contact_at: null, last_interaction_at: null });
  },
};

const latest = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);

/** Something happened between us and the person. */
const touch = (event: StoredEvent, rows: Rows, byPerson: boolean): void => {
  const candidateId = idOf(event);
  const known = rows.get(talentActivity, { candidate_id: candidateId });
  // Their own stream comes first in the log; an interaction of nobody can't be.
  if (!known) throw new Error(`${event.type} of a candidate who was never added.`);
  rows.put(talentActivity, {
    ...known,
    last_interaction_at: latest(known.last_interaction_at, event.occurredAt),
    last_human_contact_at: byPerson
      ? latest(known.last_human_contact_at, event.occurredAt)
      : known.last_human_contact_at,
  });
};

const itsActivity = (event: StoredEvent) => [row(talentActivity, { candidate_id: idOf(event) })];

const interaction: Handler = {
  needs: itsActivity,
  apply: (event, rows) => {
    const happened = event as StoredEvent & EngagementEvent;
    touch(event, rows, renewsContact(happened));
    if (happened.type !== 'interest.expressed') return;
    rows.put(talentInterests, {
      candidate_id: idOf(event),
      position: event.position.commit,
      interest_key: normalise(happened.data.interest),
      role_words: happened.data.role === undefined ? [] : titleWords(happened.data.role),
      expressed_at: event.occurredAt,
    });
  },
};

/** Applying is an act of the person, and so is being hired; moving somebody along isn't. */
const application: Handler = {
  needs: itsActivity,
  apply: (event, rows) =>
    touch(event, rows, event.type === 'application.submitted' || event.type === 'application.hired'),
};

const applicationTypes: readonly ApplicationEvent['type'][] = [
  'application.submitted',
  'application.stage-reached',
  'application.hired',
  'application.rejected',
  'application.withdrawn',
];

/** Who there is, to be found by anything that's known of them. */
export const talentSearch = defineProjection({
  name: 'talent-search',
  version: 2,
  tables: [talent, talentActivity, talentInterests],
  handlers: {
    ...Object.fromEntries(candidateEventDefinitions.map(({ type }) => [type, profile])),
    ...Object.fromEntries(engagementEventDefinitions.map(({ type }) => [type, interaction])),
    ...Object.fromEntries(applicationTypes.map((type) => [type, application])),
  },
});
