import type { Features } from '../person/features.js';
import { compareText, slipLevels, told, type Comparison, type Outcome } from './comparison.js';
import { email, haveOneMailbox, nameInMailbox } from './email-comparisons.js';
import { familyName, givenName, nameOrder } from './name-comparisons.js';

const common = (a: readonly string[], b: readonly string[]): Outcome | undefined => {
  if (a.length === 0 || b.length === 0) return undefined;
  const value = a.find((one) => b.includes(one));
  return value === undefined ? { level: 1 } : { level: 0, value };
};

const sameOrNot = (same: number): Comparison['levels'] => [
  { name: 'same', prior: same, byRarity: true },
  { name: 'different', prior: 1 - same },
];

const phone: Comparison = {
  field: 'phone',
  levels: sameOrNot(0.65),
  identifying: true,
  values: ({ phones }) => phones,
  compare: (a, b) => common(a.phones, b.phones),
};

const profile: Comparison = {
  field: 'profile',
  levels: sameOrNot(0.7),
  identifying: true,
  values: ({ profiles }) => profiles,
  compare: (a, b) => common(a.profiles, b.profiles),
};

/** Postcode and city in one: who shares the one nearly always shares the other, which then says nothing new. */
const place: Comparison = {
  field: 'place',
  levels: [
    { name: 'same postcode', prior: 0.4, byRarity: true },
    { name: 'same city', prior: 0.3, byRarity: true },
    { name: 'slip', prior: 0.08 },
    { name: 'garbled', prior: 0.02 },
    { name: 'different', prior: 0.2 },
  ],
  values: ({ postcode, city }) => told(postcode, city),
  compare: (a, b) => {
    const [code, city] = [compareText(a.postcode, b.postcode), compareText(a.city, b.city)];
    if (!code && !city) return undefined;
    if (code?.level === 0) return code;
    if (city?.level === 0) return { level: 1, value: city.value };
    return { level: Math.min(city?.level ?? 3, code?.level ?? 3) + 1 };
  },
};

const street: Comparison = {
  field: 'street',
  levels: slipLevels(0.6, 0.2, 0.1),
  values: (person) => told(person.street),
  compare: (a, b) => compareText(a.street, b.street),
};

const workDomains = ({ emails }: Features): string[] => emails.filter(({ open }) => !open).map(({ domain }) => domain);

/** An address at the employer's domain says what the employer says: counted apart, two colleagues would look like one person. */
const employer: Comparison = {
  field: 'employer',
  levels: [
    { name: 'same', prior: 0.45, byRarity: true },
    { name: 'same email domain', prior: 0.07, byRarity: true },
    { name: 'slip', prior: 0.06 },
    { name: 'garbled', prior: 0.04 },
    { name: 'different', prior: 0.38 },
  ],
  values: (person) => [...told(person.employer), ...workDomains(person)],
  compare: (a, b) => {
    const names = compareText(a.employer, b.employer);
    if (names?.level === 0) return names;
    const theirs = workDomains(b);
    const domain = workDomains(a).find((one) => theirs.includes(one));
    // One mailbox, perhaps misspelt, has one domain: that's said already.
    if (domain !== undefined && !haveOneMailbox(a, b)) return { level: 1, value: domain };
    return names && { level: names.level + 1 };
  },
};

/** All that's compared, in the order in which reasons are told. */
export const comparisons: readonly Comparison[] = [
  email,
  phone,
  profile,
  givenName,
  familyName,
  nameOrder,
  nameInMailbox,
  place,
  street,
  employer,
];
