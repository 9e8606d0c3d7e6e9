import type { Criteria, WordAttribute } from '#libs/criteria';
import type { InterestCriterion, TalentCriteria } from './criteria.js';

const is = (attribute: WordAttribute, values: readonly (string | undefined)[]): Criteria[] => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? [] : [{ attribute, is: known }];
};
const allOf = (attribute: WordAttribute, values: readonly string[] | undefined): Criteria[] =>
  (values ?? []).flatMap((value) => is(attribute, [value]));

const expressed = ({
  name,
  role,
  expressedFrom,
  expressedTo,
  expressedMonthsAgo: ago,
}: InterestCriterion): Criteria => ({
  happened: {
    kinds: ['interest.expressed'],
    ...(name === undefined ? {} : { topic: name }),
    ...(role === undefined ? {} : { role }),
    ...(expressedFrom === undefined ? {} : { from: expressedFrom.toISOString() }),
    ...(expressedTo === undefined ? {} : { to: expressedTo.toISOString() }),
    ...(ago === undefined ? {} : { ago: { from: { months: ago.from }, to: { months: ago.to } } }),
  },
});

/** Without a time, a standing interest of the profile is one too. */
const interested = (interest: InterestCriterion): Criteria => {
  const { name, role, expressedFrom, expressedTo, expressedMonthsAgo } = interest;
  const timed = [role, expressedFrom, expressedTo, expressedMonthsAgo].some((part) => part !== undefined);
  if (name === undefined || timed) return expressed(interest);
  return { or: [expressed(interest), { attribute: 'interests', is: [name] }] };
};

const owned = (owner: string | null): Criteria =>
  owner === null ? { attribute: 'owner', known: false } : { attribute: 'owner', is: [owner] };

/** What of a search's simple fields the language of criteria can say: all of it has to be so. */
export const simpleCriteria = ({
  title,
  skills,
  tags,
  location = {},
  near,
  interest,
  source = {},
  owner,
  experienceYears,
}: TalentCriteria): Criteria[] => [
  ...(title === undefined ? [] : [{ title }]),
  ...allOf(
    'skills',
    skills?.all?.filter(({ minYears }) => minYears === undefined).map(({ name }) => name),
  ),
  ...allOf('tags', tags?.all),
  ...is('tags', tags?.any ?? []),
  ...is('city', [location.city]),
  ...is('region', [location.region]),
  ...is('country', [location.country]),
  ...(near === undefined ? [] : [{ near }]),
  ...(interest === undefined ? [] : [interested(interest)]),
  ...is('source', [source.kind]),
  ...is('sourceName', [source.name]),
  ...(owner === undefined ? [] : [owned(owner)]),
  ...(experienceYears?.min === undefined ? [] : [{ number: 'experienceYears' as const, atLeast: experienceYears.min }]),
];
