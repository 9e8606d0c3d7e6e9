import { distance } from 'fastest-levenshtein';
import type { Email } from '../person/email.js';
import type { Features } from '../person/features.js';
import { told, type Comparison, type Outcome } from './comparison.js';

const address = { same: 0, slip: 1, sameMailbox: 2, different: 3 } as const;

/** Slips that a text of this length may have: one, and one more for every eight characters. */
const fewSlips = (a: string, b: string): boolean =>
  Math.abs(a.length - b.length) < 5 && distance(a, b) <= 1 + Math.floor(Math.min(a.length, b.length) / 8);

const withoutDigits = (text: string): string => text.replace(/\d/g, '');

/** Of two addresses that differ: written wrong, once. A number more is how an employer tells two of one name apart. Between two open domains nothing is a slip: there, a letter on, is somebody else. */
const addressSlip = (a: Email, b: Email): boolean => {
  if (a.domain === b.domain)
    return !a.open && withoutDigits(a.local) !== withoutDigits(b.local) && fewSlips(a.local, b.local);
  if (a.open && b.open) return false;
  return distance(a.domain, b.domain) <= 1 + b.domain.length / 4 && fewSlips(a.local, b.local);
};

/** The mailbox says no more than the name does, which is compared already: "jack.fisher", "jfisher", "fisherj2". */
const madeOfName = ({ local }: Email, { given: first, family }: Features['name']): boolean => {
  const letters = local.replace(/[^\p{L}]/gu, '');
  const digits = local.length - withoutDigits(local).length;
  if (digits > 1 || letters === '') return false;
  const initial = first.slice(0, 1);
  return [
    first + family,
    family + first,
    initial + family,
    family + initial,
    first + family.slice(0, 1),
    first,
    family,
  ].some((name) => name !== '' && fewSlips(letters, name));
};

const emailOutcome = (one: Email, other: Email, a: Features, b: Features): Outcome | undefined => {
  if (one.address === other.address) return { level: address.same, value: one.address };
  if (addressSlip(one, other)) return { level: address.slip };
  if (one.local === other.local) {
    if (one.shared || one.local.length < 4 || madeOfName(one, a.name) || madeOfName(other, b.name)) return undefined;
    return { level: address.sameMailbox, value: one.local };
  }
  return { level: address.different };
};

export const email: Comparison = {
  field: 'email',
  levels: [
    { name: 'same', prior: 0.55, byRarity: true },
    { name: 'slip', prior: 0.12 },
    { name: 'same mailbox elsewhere', prior: 0.05, byRarity: true },
    { name: 'different', prior: 0.28 },
  ],
  identifying: true,
  values: ({ emails }) => emails.flatMap(({ address: whole, local }) => [whole, local]),
  compare: (a, b) => {
    let best: Outcome | undefined;
    for (const one of a.emails)
      for (const other of b.emails) {
        const outcome = emailOutcome(one, other, a, b);
        if (outcome && (!best || outcome.level < best.level)) best = outcome;
      }
    return best;
  },
};

/** Whether they have an address in common, but for a slip. */
export const haveOneMailbox = (a: Features, b: Features): boolean =>
  a.emails.some((one) => b.emails.some((other) => one.address === other.address || addressSlip(one, other)));

/** What the other's mailbox says of the names that it doesn't tell and this one does: "j.fisher4@…", and Jack Fisher. */
const namedInMailbox = (
  mailboxes: readonly Email[],
  own: Features['name'],
  other: Features['name'],
): Outcome | undefined => {
  const missing = { given: own.given === '' ? other.given : '', family: own.family === '' ? other.family : '' };
  if (mailboxes.length === 0 || (missing.given === '' && missing.family === '')) return undefined;
  const names = [missing.family, missing.given].filter((name) => name.length > 2);
  for (const { local } of mailboxes) {
    const name = names.find((one) => local.includes(one));
    if (name !== undefined) return { level: 0, value: name };
  }
  const initials = missing.given.slice(0, 1) + missing.family.slice(0, 1);
  const only = (local: string): string => local.replace(/[^\p{L}]/gu, '');
  const level = initials.length === 2 && mailboxes.some(({ local }) => only(local) === initials) ? 1 : 2;
  return { level };
};

export const nameInMailbox: Comparison = {
  field: 'name in email',
  levels: [
    { name: 'named', prior: 0.5, byRarity: true },
    { name: 'initials', prior: 0.1 },
    { name: 'not named', prior: 0.4 },
  ],
  values: ({ name }) => told(name.family, name.given),
  compare: (a, b) => {
    const [one, other] = [namedInMailbox(a.emails, a.name, b.name), namedInMailbox(b.emails, b.name, a.name)];
    return one && (!other || one.level <= other.level) ? one : other;
  },
};
