import type { CandidateEvent, ContactPoint } from '#libs/candidates';
import type { RowOf } from '#libs/projecting';
import { isKnown, normalise, searchText, titleWords } from './search-text.js';
import type { talent } from './tables.js';

/** A row of the table. */
export type Talent = RowOf<typeof talent.columns>;

const keys = (words: readonly string[]): string[] => [...new Set(words.filter(isKnown).map(normalise))];

/** A person of whom nothing is known but that they are. */
export const unknownPerson = (candidateId: string, addedAt: Date): Talent => ({
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
  search_text: '',
});

const named = (name: { full: string } | null): Partial<Talent> => ({
  name: name?.full ?? null,
  name_key: name && isKnown(name.full) ? normalise(name.full) : null,
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
export const profileChange = (event: CandidateEvent, known: Talent): Partial<Talent> => {
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
    // What the relationship read model holds; only the revision moves on.
    case 'candidate.consent-given':
    case 'candidate.consent-withdrawn':
    case 'candidate.do-not-contact-set':
    case 'candidate.do-not-contact-lifted':
    case 'candidate.snoozed':
    case 'candidate.snooze-ended':
    case 'candidate.availability-stated':
    case 'candidate.languages-changed':
      return {};
  }
};

/** With what a text search looks at. */
export const withSearchText = (person: Talent): Talent => ({
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
