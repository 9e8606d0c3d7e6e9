import { isDeepStrictEqual } from 'node:util';
import type { CandidateEvent, ContactPoint, PersonName } from '#libs/candidates';
import { isKnown } from '#libs/criteria';
import { readPerson, type Features, type PersonRecord } from '#libs/identity';
import type { DuplicatePerson } from './tables.js';

type Told = Omit<PersonRecord, 'id'>;

/** The types of events that may change what's compared, or who owns the relationship. */
export const comparedTypes = [
  'candidate.added',
  'candidate.profile-changed',
  'candidate.contact-points-changed',
  'candidate.owner-assigned',
] as const satisfies readonly CandidateEvent['type'][];
export type ComparedEvent = Extract<CandidateEvent, { type: (typeof comparedTypes)[number] }>;

const text = (value: string | null | undefined): string | undefined =>
  value !== undefined && isKnown(value) ? value : undefined;

/** The parts where they're told apart; else the whole, to be read. */
const named = (name: PersonName | null | undefined) => {
  const [given, family] = [text(name?.given), text(name?.family)];
  const parted = given !== undefined || family !== undefined;
  return { givenName: given, familyName: family, fullName: parted ? undefined : text(name?.full) };
};

const reachable = (points: readonly ContactPoint[]) => {
  const of = (kind: ContactPoint['kind']): string[] =>
    points.filter((point) => point.kind === kind && isKnown(point.value)).map(({ value }) => value);
  return { emails: of('email'), phones: of('phone'), profileUrls: of('profile-url') };
};

const changes = (event: ComparedEvent): Partial<Told> => {
  switch (event.type) {
    case 'candidate.added': {
      const { name, employer, location, contactPoints } = event.data;
      return {
        ...named(name),
        employer: text(employer),
        city: text(location?.city),
        ...reachable(contactPoints),
      };
    }
    case 'candidate.profile-changed': {
      const { name, employer, location } = event.data;
      return {
        ...(name === undefined ? {} : named(name)),
        ...(employer === undefined ? {} : { employer: text(employer) }),
        ...(location === undefined ? {} : { city: text(location?.city) }),
      };
    }
    case 'candidate.contact-points-changed':
      return reachable(event.data.contactPoints);
    case 'candidate.owner-assigned':
      return {};
  }
};

const ownerAfter = (event: ComparedEvent, before: string | null): string | null =>
  event.type === 'candidate.added' || event.type === 'candidate.owner-assigned' ? (event.data.owner ?? null) : before;

/** A candidate after an event; before it, if they were known. */
export const personAfter = (event: ComparedEvent, candidateId: string, before?: DuplicatePerson): DuplicatePerson => ({
  candidate_id: candidateId,
  record: { ...(before?.record as Told | undefined), ...changes(event) },
  owner: ownerAfter(event, before?.owner ?? null),
});

/** Of each row once: a batch is folded several times, and whoever is there often is met often. */
const read = new WeakMap<DuplicatePerson, Features>();

export const featuresOf = (person: DuplicatePerson): Features => {
  const known = read.get(person);
  if (known) return known;
  const features = readPerson({ id: person.candidate_id, ...(person.record as Told) });
  read.set(person, features);
  return features;
};

/** Whether the same would be compared. */
export const isSameRecord = (a: DuplicatePerson, b: DuplicatePerson): boolean =>
  isDeepStrictEqual({ ...featuresOf(a) }, { ...featuresOf(b) });
