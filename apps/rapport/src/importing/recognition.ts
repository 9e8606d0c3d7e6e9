import { candidateDecider, normaliseContact, type KnownCandidate } from '#libs/candidates';
import { CommandRunner } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { ERASED, err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import type { CandidateRecord } from './candidate-record.js';

interface Identifier {
  readonly kind: string;
  readonly value: string;
}

type ContactPoints = CandidateRecord['contactPoints'];

const isExternal = ({ kind }: Identifier): boolean => kind.startsWith('external:');
const isSame = (one: Identifier, other: Identifier): boolean => one.kind === other.kind && one.value === other.value;

/** A contact point of a record as it's compared. */
const compared = ({ kind, value }: ContactPoints[number], { location }: CandidateRecord): Identifier => ({
  kind,
  value: normaliseContact(kind, value, location?.country),
});

/** What a person is recognised by, best first: a system's id, then addresses. */
export const identifiersOf = (record: CandidateRecord): Identifier[] => [
  ...record.externalIds.map(({ system, id }) => ({ kind: `external:${system}`, value: id })),
  ...record.contactPoints.map((point) => compared(point, record)),
];

const ambiguous = refusal(
  'conflict',
  'candidate-ambiguous',
  'Several candidates have, or had, these addresses. Tell them apart by an external id.',
);

/** Somebody to whom identifiers of a record lead. */
interface Found {
  /** The id that they go by. */
  readonly id: string;
  readonly identifiers: readonly Identifier[];
  /** What's known under that id; undefined where they were never added. */
  readonly own: KnownCandidate | undefined;
  /** What's known under each of their ids. */
  readonly records: readonly KnownCandidate[];
}

/** Whether they have it today. Nobody takes a system's id back. */
const hasToday = ({ records }: Found, identifier: Identifier): boolean =>
  isExternal(identifier) ||
  records.some(({ contactPoints }) =>
    contactPoints.some(
      ({ kind, value }) => kind === identifier.kind && normaliseContact(kind, value) === identifier.value,
    ),
  );

/** Whether they have one of the identifiers today. Of who was erased nobody can tell any more. */
const has = (one: Found): boolean => {
  const { identifiers, records } = one;
  const points = records.flatMap(({ contactPoints }) => contactPoints);
  const isErased = [...points.map(({ value }) => value), ...records.map(({ name }) => name?.full)].includes(ERASED);
  return records.length === 0 || isErased || identifiers.some((identifier) => hasToday(one, identifier));
};

const asCompared = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

const isNamesake = ({ records }: Found, { name }: CandidateRecord): boolean =>
  name !== undefined && records.some((known) => known.name && asCompared(known.name.full) === asCompared(name.full));

/**
 * Whether a namesake had an address of the record that nobody of those who were found by today's has: then these may be somebody
 * else, who has a phone together with them, say.
 */
const isDoubtful = (having: readonly Found[], found: readonly Found[], record: CandidateRecord): boolean => {
  if (having.length === 0) return false;
  if (having.some((one) => isNamesake(one, record) || one.identifiers.some(isExternal))) return false;
  const theirs = having.flatMap(({ identifiers }) => identifiers);
  return found.some(
    (one) =>
      !having.includes(one) &&
      isNamesake(one, record) &&
      one.identifiers.some((identifier) => !theirs.some((other) => isSame(identifier, other))),
  );
};

/**
 * The contact points that somebody has by a record. It replaces theirs; but where it isn't a system's own and has one that they gave up, it's older than
 * what's known: then they keep theirs, and it adds those that are new.
 */
const broughtTo = (one: Found, record: CandidateRecord): ContactPoints => {
  const { contactPoints } = record;
  const isGivenUp = (identifier: Identifier): boolean => !hasToday(one, identifier);
  if (one.identifiers.some(isExternal) || !one.identifiers.some(isGivenUp)) return contactPoints;
  const isNew = (point: ContactPoints[number]): boolean =>
    !one.identifiers.some((identifier) => isSame(identifier, compared(point, record)));
  return [...(one.own?.contactPoints ?? []), ...contactPoints.filter(isNew)];
};

/** Whose a record is. */
export interface Recognised {
  /** Undefined for somebody who isn't known. */
  readonly known: string | undefined;
  /** For somebody who isn't. */
  readonly newId: string;
  /** What theirs are replaced by. */
  readonly contactPoints: ContactPoints;
}

/** Recognises the people of records. Those who were merged are one person, who goes by one id. */
export class Recognition {
  constructor(
    private readonly contacts: ContactIndex,
    private readonly runner: CommandRunner,
    private readonly people: KnownPeople,
    private readonly digests: Digests,
  ) {}

  /**
   * Whose record it is. An address that somebody gave up leads to them only where nobody of those found has it, or another
   * identifier, today, and only by the same name: without it, it may have been theirs by mistake alone.
   * Refused with `candidate-ambiguous`.
   */
  async find(record: CandidateRecord): Promise<Result<Recognised, Refusal>> {
    const identifiers = identifiersOf(record);
    const idsFound = await this.contacts.findMany(identifiers);
    const leading = new Map<string, Identifier[]>();
    for (const [n, identifier] of identifiers.entries())
      for (const id of idsFound[n] ?? []) {
        const person = await this.personOf(id);
        leading.set(person, [...(leading.get(person) ?? []), identifier]);
      }
    const newId = this.newIdOf(record, new Set(idsFound.flat()));
    const found = await Promise.all([...leading].map(([id, by]) => this.known(id, by)));
    const having = found.filter(has);
    if (isDoubtful(having, found, record)) return err(ambiguous);
    const [meant, ...others] = having.length > 0 ? having : found.filter((one) => isNamesake(one, record));
    if (others.length > 0) return err(ambiguous);
    return ok({ known: meant?.id, newId, contactPoints: meant ? broughtTo(meant, record) : record.contactPoints });
  }

  private async known(id: string, identifiers: readonly Identifier[]): Promise<Found> {
    const load = async (each: string): Promise<KnownCandidate | undefined> => {
      const loaded = await this.runner.load(candidateDecider, { category: 'candidate', id: each });
      return loaded?.state.kind === 'known' ? loaded.state : undefined;
    };
    const ids = await this.people.idsOf(id);
    const records = await Promise.all(ids.map(load));
    return {
      id,
      identifiers,
      own: records[ids.indexOf(id)],
      records: records.flatMap((one) => one ?? []),
    };
  }

  /** The id that whoever has this one goes by, as it's known now: a change under another one would stay unseen. */
  async personOf(candidateId: string): Promise<string> {
    return (await this.people.survivorOf(candidateId)) ?? candidateId;
  }

  /** For somebody who isn't known yet; the same for the same record, and nobody's who gave the address up. */
  private newIdOf(record: CandidateRecord, taken: ReadonlySet<string>): string {
    const [best] = identifiersOf(record);
    // A name alone recognises nobody, but the same record twice is the same person.
    if (best === undefined) return this.digests.idFrom('imported-record', JSON.stringify(record));
    for (let n = 0; ; n++) {
      const id = this.digests.idFrom('imported-candidate', best.kind, best.value, ...(n === 0 ? [] : [String(n)]));
      if (!taken.has(id)) return id;
    }
  }
}
