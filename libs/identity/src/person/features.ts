import { readEmail, type Email } from './email.js';
import { fold, readName, type Name } from './names.js';
import { readProfileUrl } from './profile-url.js';

/** What's told of a person, as it was told. There's no birth date in it: a CRM has none, and shouldn't. */
export interface PersonRecord {
  readonly id: string;
  readonly givenName?: string;
  readonly familyName?: string;
  /** Read if neither part is told. */
  readonly fullName?: string;
  readonly emails?: readonly string[];
  /** E.164 where that's known. */
  readonly phones?: readonly string[];
  readonly profileUrls?: readonly string[];
  readonly city?: string;
  readonly postcode?: string;
  /** House number and street, in any form. */
  readonly street?: string;
  readonly employer?: string;
}

/** The same, in the form in which it's compared. What's unknown is an empty string or list. */
export interface Features {
  readonly id: string;
  readonly name: Name;
  readonly emails: readonly Email[];
  readonly phones: readonly string[];
  readonly profiles: readonly string[];
  readonly city: string;
  readonly postcode: string;
  readonly street: string;
  readonly employer: string;
}

/** Legal forms, which people write or leave out as they like. */
const legalForms =
  /\b(inc|incorporated|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|ab|oy|pty|pvt|group|holding|holdings)\b/g;

const readEmployer = (text: string): string => {
  const name = fold(text);
  return name.replace(legalForms, ' ').replace(/ +/g, ' ').trim() || name;
};

/** Seven digits name a subscriber; fewer are an extension or a slip. */
const readPhone = (text: string): string[] => {
  const digits = text.replace(/\D/g, '');
  return digits.length < 7 ? [] : [text.trim().startsWith('+') ? `+${digits}` : digits];
};

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Takes a record in. */
export const readPerson = (record: PersonRecord): Features => {
  const emails = new Map<string, Email>();
  for (const text of record.emails ?? []) {
    const email = readEmail(text);
    if (email) emails.set(email.address, email);
  }
  return {
    id: record.id,
    name: readName({ given: record.givenName, family: record.familyName, full: record.fullName }),
    emails: [...emails.values()],
    phones: distinct((record.phones ?? []).flatMap(readPhone)),
    profiles: distinct((record.profileUrls ?? []).flatMap((url) => readProfileUrl(url) ?? [])),
    city: fold(record.city ?? ''),
    postcode: fold(record.postcode ?? '').replaceAll(' ', ''),
    street: fold(record.street ?? ''),
    employer: readEmployer(record.employer ?? ''),
  };
};
