import { centreOf, kilometresBetween, type Leaf, type WordAttribute } from '#libs/criteria';
import type { Person } from '#projections/talent-search';
import type { KnownDocument } from './fit.dto.js';

const told = (...values: readonly (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
];

const words: Readonly<Partial<Record<WordAttribute, (person: Person) => string[]>>> = {
  skills: ({ skills }) => skills.map(({ name }) => name),
  interests: ({ interests }) => [...interests],
  languages: ({ languages }) => [...languages],
  city: ({ location, place }) => told(location.city, place?.city),
  region: ({ location, place }) => told(location.region, place?.region),
  country: ({ location, place }) => told(location.country, place?.country),
  employer: ({ employer }) => told(employer),
  availability: ({ availability }) => told(availability),
};

/** What of somebody a condition of a fit model went by, as it was told. */
export const knownData = (leaf: Leaf, person: Person): KnownDocument => {
  if ('title' in leaf) return { attribute: 'title', values: told(person.title) };
  if ('number' in leaf) return { attribute: leaf.number, values: told(person.experienceYears?.toString()) };
  if ('near' in leaf) {
    const { place } = person;
    const centre = centreOf(leaf.near);
    const kilometres = place && centre ? Math.round(kilometresBetween(place, centre) * 10) / 10 : null;
    return { attribute: 'place', values: told(place?.city), ...(kilometres === null ? {} : { kilometres }) };
  }
  if ('attribute' in leaf) return { attribute: leaf.attribute, values: words[leaf.attribute]?.(person) ?? [] };
  throw new Error('A fit model asks for what no fit model may know.');
};
