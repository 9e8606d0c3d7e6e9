import {
  engagementEventDefinitions,
  renewsContact,
  type ApplicationEvent,
  type CandidateEvent,
  type ContactPoint,
  type EngagementEvent,
} from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { normalise, searchText, titleWords } from './search-text.js';
import { talent, talentInterests } from './tables.js';

type Talent = RowOf<typeof talent.columns>;

const idOf = (event: StoredEvent): string => {
  if (event.subjectId === undefined) throw new Error(`${event.type} is about nobody.`);
  return event.subjectId;
};

const keys = (words: readonly string[]): string[] => [...new Set(words.map(normalise))];

const unknownPerson = (candidateId: string, addedAt: Date): Talent => ({
  candidate_id: candidateId,
  revision: 0,
  name: null,
  name_key: null,
  title: null,
  title_words: [],
  employer: null,
  city: null,
  region: null,
  country: null,
  city_key: null,
  region_key: null,
  experience_months: null,
  skills: [],
  skill_keys: [],
  tags: [],
  tag_keys: [],
  free_tags: [],
  interests: [],
  interest_keys: [],
  source_kind: null,
  source_name: null,
  owner: null,
  emails: [],
  phones: [],
  profile_urls: [],
  added_at: addedAt,
  last_human_contact_at: null,
  last_interaction_at: null,
  search_text: '',
});

const named = (name: { full: string } | null): Partial<Talent> => ({
  name: name?.full ?? null,
  name_key: name ? normalise(name.full) : null,
});
const titled = (title: string | null): Partial<Talent> => ({
  title,
  title_words: title === null ? [] : titleWords(title),
});
const located = (at: { city?: string; region?: string; country?: string } | null): Partial<Talent> => ({
  city: at?.city ?? null,
  region: at?.region ?? null,
  country: at?.country ?? null,
  city_key: at?.city === undefined ? null : normalise(at.city),
  region_key: at?.region === undefined ? null : normalise(at.region),
});
const skilled = (skills: readonly { name: string; years?: number }[]): Partial<Talent> => ({
  skills: skills.map(({ name, years }) => ({ key: normalise(name), name, years: years ?? null })),
  skill_keys: keys(skills.map(({ name }) => name)),
});
const interested = (interests: readonly string[]): Partial<Talent> => ({ interests, interest_keys: keys(interests) });
const tagged = (tags: readonly string[], freeTags: readonly string[]): Partial<Talent> => ({
  tags,
  free_tags: freeTags,
  tag_keys: keys([...tags, ...freeTags]),
});
const experienced = (years: number | null): Partial<Talent> => ({
  experience_months: years === null ? null : Math.round(years * 12),
});
const reachable = (points: readonly ContactPoint[]): Partial<Talent> => {
  const of = (kind: ContactPoint['kind']): string[] => points.filter((p) => p.kind === kind).map((p) => p.value);
  return { emails: of('email'), phones: of('phone'), profile_urls: of('profile-url') };
};
const cameFrom = (source: { kind: string; name: string } | null): Partial<Talent> => ({
  source_kind: source?.kind ?? null,
  source_name: source?.name ?? null,
});

/** What an event of the candidate's own stream changes. */
const profileChange = (event: CandidateEvent, known: Talent): Partial<Talent> => {
  switch (event.type) {
    case 'candidate.added': {
      const { name, title, employer, location, experienceYears, source, owner, ...lists } = event.data;
      return {
        ...named(name ?? null),
        ...titled(title ?? null),
        employer: employer ?? null,
        ...located(location ?? null),
        ...experienced(experienceYears ?? null),
        ...skilled(lists.skills),
        ...interested(lists.interests),
        ...tagged(lists.tags, lists.freeTags),
        ...reachable(lists.contactPoints),
        ...cameFrom(source ?? null),
        owner: owner ?? null,
      };
    }
    case 'candidate.profile-changed': {
      const { name, title, employer, location, experienceYears } = event.data;
      return {
        ...(name === undefined ? {} : named(name)),
        ...(title === undefined ? {} : titled(title)),
        ...(employer === undefined ? {} : { employer }),
        ...(location === undefined ? {} : located(location)),
        ...(experienceYears === undefined ? {} : experienced(experienceYears)),
      };
    }
    case 'candidate.contact-points-changed':
      return reachable(event.data.contactPoints);
    case 'candidate.skills-changed':
      return skilled(event.data.skills);
    case 'candidate.interests-changed':
      return interested(event.data.interests);
    case 'candidate.tagged':
      return tagged(
        [...new Set([...known.tags, ...event.data.tags])],
        [...new Set([...known.free_tags, ...event.data.freeTags])],
      );
    case 'candidate.untagged': {
      const { tags, freeTags } = event.data;
      return tagged(
        known.tags.filter((tag) => !tags.includes(tag)),
        known.free_tags.filter((tag) => !freeTags.includes(tag)),
      );
    }
    case 'candidate.source-changed':
      return cameFrom(event.data.source);
    case 'candidate.owner-assigned':
      return { owner: event.data.owner };
    case 'candidate.external-id-linked':
      return {};
  }
};

const withSearchText = (person: Talent): Talent => ({
  ...person,
  search_text: searchText([
    person.name,
    person.title,
    person.employer,
    ...(person.skills as readonly { name: string }[]).map(({ name }) => name),
    person.city,
    person.region,
    ...person.tags,
    ...person.free_tags,
    ...person.interests,
  ]),
});

const itsRow = (event: StoredEvent) => [row(talent, { candidate_id: idOf(event) })];

const profile: Handler = {
  needs: itsRow,
  apply: (event, rows) => {
    const candidateId = idOf(event);
    const known = rows.get(talent, { candidate_id: candidateId }) ?? unknownPerson(candidateId, event.occurredAt);
    const changed = profileChange(event as StoredEvent & CandidateEvent, known);
    rows.put(talent, withSearchText({ ...known, ...changed, revision: event.revision }));
  },
};

const latest = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);

/** Something happened between us and the person. */
const touch = (event: StoredEvent, rows: Rows, byPerson: boolean): void => {
  const candidateId = idOf(event);
  const known = rows.get(talent, { candidate_id: candidateId });
  // Their own stream comes first in the log; an interaction of nobody can't be.
  if (!known) throw new Error(`${event.type} of a candidate who was never added.`);
  rows.put(talent, {
    ...known,
    last_interaction_at: latest(known.last_interaction_at, event.occurredAt),
    last_human_contact_at: byPerson
      ? latest(known.last_human_contact_at, event.occurredAt)
      : known.last_human_contact_at,
  });
};

const interaction: Handler = {
  needs: itsRow,
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
  needs: itsRow,
  apply: (event, rows) =>
    touch(event, rows, event.type === 'application.submitted' || event.type === 'application.hired'),
};

const profileTypes: readonly CandidateEvent['type'][] = [
  'candidate.added',
  'candidate.profile-changed',
  'candidate.contact-points-changed',
  'candidate.skills-changed',
  'candidate.interests-changed',
  'candidate.tagged',
  'candidate.untagged',
  'candidate.source-changed',
  'candidate.owner-assigned',
  'candidate.external-id-linked',
];
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
  version: 1,
  tables: [talent, talentInterests],
  handlers: {
    ...Object.fromEntries(profileTypes.map((type) => [type, profile])),
    ...Object.fromEntries(engagementEventDefinitions.map(({ type }) => [type, interaction])),
    ...Object.fromEntries(applicationTypes.map((type) => [type, application])),
  },
});
