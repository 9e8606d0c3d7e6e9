import { momentsOf } from './moments.js';
import type { TalentFact } from './facts.js';
import { termNumber, termsOf } from './terms.js';
import { traits, type Talent, type Traits } from './tables.js';

/** Keys of the taxonomy stand beside names as they were written. */
const TAXONOMY = '=';
const skillKeys = ({ skill_terms }: Talent): string[] =>
  skill_terms.filter((one) => one.startsWith(TAXONOMY)).map((one) => one.slice(TAXONOMY.length));

const known = Object.keys(traits) as (keyof typeof traits)[];

/** What somebody is found, sorted and counted by. */
export const traitsOf = (person: Talent, moments: readonly bigint[]): Traits => ({
  candidate_id: person.candidate_id,
  ...(Object.fromEntries(known.map((column) => [column, person[column]])) as Pick<Talent, keyof typeof traits>),
  terms: termsOf(person).map(termNumber),
  moments,
  skill_keys: skillKeys(person),
});

/** Whether a fact is of those that criteria ask for by name. */
export const hasMoments = ({ topic_key, series_key }: TalentFact): boolean => topic_key !== null || series_key !== null;

/** With one more fact. The same row where that says nothing new. */
export const withFact = (before: Traits, fact: TalentFact): Traits => {
  const moments = momentsOf([fact], before.moments);
  return moments.length === before.moments.length ? before : { ...before, moments };
};
