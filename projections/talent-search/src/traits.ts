import { momentsOf } from './moments.js';
import type { TalentFact } from './facts.js';
import { termNumber, termsOf } from './terms.js';
import type { Talent, Traits } from './tables.js';

/** Keys of the taxonomy stand beside names as they were written. */
const TAXONOMY = '=';
const skillKeys = ({ skill_terms }: Talent): string[] =>
  skill_terms.filter((one) => one.startsWith(TAXONOMY)).map((one) => one.slice(TAXONOMY.length));

/** What somebody is found, sorted and counted by. */
export const traitsOf = (person: Talent, moments: readonly bigint[]): Traits => ({
  candidate_id: person.candidate_id,
  experience_months: person.experience_months,
  latitude: person.latitude,
  longitude: person.longitude,
  added_at: person.added_at,
  city_key: person.city_key,
  country_key: person.country_key,
  employer_key: person.employer_key,
  owner: person.owner,
  source_kind: person.source_kind,
  source_name_key: person.source_name_key,
  availability: person.availability,
  name_key: person.name_key,
  terms: termsOf(person).map(termNumber),
  moments,
  occupations: person.occupations,
  skill_keys: skillKeys(person),
  tags: person.tags,
  interest_keys: person.interest_keys,
  languages: person.languages,
});

/** Whether a fact is of those that criteria ask for by name. */
export const hasMoments = ({ topic_key, series_key }: TalentFact): boolean => topic_key !== null || series_key !== null;

/** With one more fact. The same row where that says nothing new. */
export const withFact = (traits: Traits, fact: TalentFact): Traits => {
  const moments = momentsOf([fact], traits.moments);
  return moments.length === traits.moments.length ? traits : { ...traits, moments };
};
