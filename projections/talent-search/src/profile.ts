import type { CandidateEvent, ContactPoint, Location, Normalised, Skill, Source } from '#libs/candidates';
import { isKnown, monthsOf, normalise, regionTerms, skillTerms, titleTerms } from '#libs/criteria';
import { withCustomField, withoutCustomField } from './custom-fields.js';
import { searchText } from './search-text.js';
import type { Talent } from './tables.js';

const keys = (words: readonly string[]): string[] => [...new Set(words.filter(isKnown).map(normalise))];

/** A person of whom nothing is known but that they are. */
export const unknownPerson = (candidateId: string, addedAt: Date): Talent => ({
  candidate_id: candidateId,
  revision: 0,
  of_several: false,
  name: null,
  name_key: null,
  title: null,
  title_terms: [],
  occupations: [],
  employer: null,
  employer_key: null,
  city: null,
  region: null,
  country: null,
  city_key: null,
  region_keys: [],
  country_key: null,
  place: null,
  latitude: null,
  longitude: null,
  experience_months: null,
  skills: [],
  skill_terms: [],
  tags: [],
  tag_keys: [],
  free_tags: [],
  interests: [],
  interest_keys: [],
  availability: null,
  availability_at: null,
  languages: [],
  source_kind: null,
  source_name: null,
  source_name_key: null,
  owner: null,
  owner_key: null,
  emails: [],
  phones: [],
  profile_urls: [],
  custom_fields: {},
  added_at: addedAt,
  search_text: '',
});

const keyOf = (text: string | null | undefined): string | null =>
  text !== undefined && isKnown(text) ? normalise(text) : null;

/** Cursors hold it, and a name of 200 Hangul syllables has 600 letters of three bytes. In whole code points. */
const MOST_SORTED = 100;
const sortedBy = (key: string | null): string | null => key && [...key].slice(0, MOST_SORTED).join('');

const named = (name: { full: string } | null): Partial<Talent> => ({
  name: name?.full ?? null,
  name_key: sortedBy(keyOf(name?.full)),
});
const titled = (title: string | null, normalised?: Normalised): Partial<Talent> => ({
  title,
  title_terms: title === null ? [] : titleTerms(title, normalised?.titleKey),
  occupations: normalised?.occupations ?? [],
});
const employed = (employer: string | null): Partial<Talent> => ({ employer, employer_key: keyOf(employer) });
const MILLIONTHS = 1_000_000;
const located = (stated: Location | null, normalised?: Normalised): Partial<Talent> => {
  const place = normalised?.place;
  const country = place?.country ?? stated?.country;
  return {
    city: stated?.city ?? null,
    region: stated?.region ?? null,
    country: stated?.country ?? null,
    city_key: keyOf(place?.city ?? stated?.city),
    region_keys: [
      ...new Set(
        [stated?.region, place?.region].flatMap((region) => (region === undefined ? [] : regionTerms(region, country))),
      ),
    ],
    country_key: country ?? null,
    place: place ?? null,
    latitude: place ? Math.round(place.latitude * MILLIONTHS) : null,
    longitude: place ? Math.round(place.longitude * MILLIONTHS) : null,
  };
};
const skilled = (skills: readonly Skill[], normalised?: Normalised): Partial<Talent> => {
  const told = skills.map(({ name, years }, n) => ({
    name,
    years: years ?? null,
    keys: skillTerms(name, normalised?.skillKeys?.[n]),
  }));
  return { skills: told, skill_terms: [...new Set(told.flatMap((skill) => skill.keys))] };
};
const interested = (interests: readonly string[]): Partial<Talent> => ({ interests, interest_keys: keys(interests) });
const tagged = (tags: readonly string[], freeTags: readonly string[]): Partial<Talent> => ({
  tags,
  free_tags: freeTags,
  tag_keys: keys([...tags, ...freeTags]),
});
const experienced = (years: number | null): Partial<Talent> => ({
  experience_months: years === null ? null : monthsOf(years),
});
const reachable = (points: readonly ContactPoint[]): Partial<Talent> => {
  const of = (kind: ContactPoint['kind']): string[] => points.filter((p) => p.kind === kind).map((p) => p.value);
  return { emails: of('email'), phones: of('phone'), profile_urls: of('profile-url') };
};
const cameFrom = (source: Source | null): Partial<Talent> => ({
  source_kind: source?.kind ?? null,
  source_name: source?.name ?? null,
  source_name_key: keyOf(source?.name),
});
/** What was said last holds, also where something older is told later. */
const available = (status: string, at: Date, known: Talent): Partial<Talent> =>
  known.availability_at !== null && known.availability_at > at ? {} : { availability: status, availability_at: at };
const owned = (owner: string | null): Partial<Talent> => ({ owner, owner_key: keyOf(owner) });

/** What an event of the candidate's own stream changes. */
export const profileChange = (
  event: CandidateEvent & { readonly occurredAt: Date },
  known: Talent,
): Partial<Talent> => {
  switch (event.type) {
    case 'candidate.added': {
      const { name, title, employer, location, experienceYears, source, owner, normalised, ...lists } = event.data;
      return {
        ...named(name ?? null),
        ...titled(title ?? null, normalised),
        ...employed(employer ?? null),
        ...located(location ?? null, normalised),
        ...experienced(experienceYears ?? null),
        ...skilled(lists.skills, normalised),
        ...interested(lists.interests),
        ...tagged(lists.tags, lists.freeTags),
        ...reachable(lists.contactPoints),
        ...cameFrom(source ?? null),
        ...owned(owner ?? null),
      };
    }
    case 'candidate.profile-changed': {
      const { name, title, employer, location, experienceYears, normalised } = event.data;
      return {
        ...(name === undefined ? {} : named(name)),
        ...(title === undefined ? {} : titled(title, normalised)),
        ...(employer === undefined ? {} : employed(employer)),
        ...(location === undefined ? {} : located(location, normalised)),
        ...(experienceYears === undefined ? {} : experienced(experienceYears)),
      };
    }
    case 'candidate.contact-points-changed':
      return reachable(event.data.contactPoints);
    case 'candidate.skills-changed':
      return skilled(event.data.skills, event.data.normalised);
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
      return owned(event.data.owner);
    case 'candidate.availability-stated':
      return available(event.data.status, event.occurredAt, known);
    case 'candidate.languages-changed':
      return { languages: [...new Set(event.data.languages.map(({ code }) => code))] };
    case 'candidate.custom-field-set':
      return { custom_fields: withCustomField(known, event.data) };
    case 'candidate.custom-field-cleared':
      return { custom_fields: withoutCustomField(known, event.data.field) };
    case 'candidate.external-id-linked':
    // What the relationship read model holds; only the revision moves on.
    case 'candidate.consent-given':
    case 'candidate.consent-withdrawn':
    case 'candidate.do-not-contact-set':
    case 'candidate.do-not-contact-lifted':
    case 'candidate.snoozed':
    case 'candidate.snooze-ended':
    case 'candidate.work-history-changed':
    case 'candidate.education-changed':
    case 'candidate.attachments-changed':
    case 'candidate.note-written':
    case 'candidate.note-edited':
    case 'candidate.note-removed':
    case 'candidate.silver-medallist-marked':
    case 'candidate.silver-medallist-unmarked':
      return {};
  }
};

/** With the text that searches look through. */
export const searchable = (person: Talent): Talent => ({
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
