import {
  candidateDecider,
  normaliseContact,
  type Candidate,
  type CandidateEvent,
  type KnownCandidate,
} from '#libs/candidates';
import { CommandRunner } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { ERASED, err, ok, refusal, type Decider, type Refusal, type Result } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import type { CandidateRecord } from './candidate-record.js';

interface Identifier {
  readonly kind: string;
  readonly value: string;
}

type ContactPoints = CandidateRecord['contactPoints'];

const isExternal = ({ kind }: Identifier): boolean => kind.startsWith('external:');
const isSame = (one: Identifier, other: Identifier): boolean => one.kind === other.kind && one.value === other.value;

/** A contact point as it's compared. @param country that a phone number without a country's code is of */
const compared = ({ kind, value }: ContactPoints[number], country: string | undefined): Identifier => ({
  kind,
  value: normaliseContact(kind, value, country),
});

/** What a person is recognised by, best first: a system's id, then addresses. */
export const identifiersOf = (record: CandidateRecord): Identifier[] => [
  ...record.externalIds.map(({ system, id }) => ({ kind: `external:${system}`, value: id })),
  ...record.contactPoints.map((point) => compared(point, record.location?.country)),
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
  /** Those of today, and all that they gave up. */
  readonly everHad: ContactPoints;
}

/** Whether they have it today. Nobody takes a system's id back. */
const hasToday = ({ records }: Found, identifier: Identifier): boolean =>
  isExternal(identifier) ||
  records.some(({ contactPoints }) =>
    contactPoints.some(
      ({ kind, value }) => kind === identifier.kind && normaliseContact(kind, value) === identifier.value,
    ),
  );

const isErased = ({ records }: Found): boolean =>
  records.some(
    ({ name, contactPoints }) => name?.full === ERASED || contactPoints.some(({ value }) => value === ERASED),
  );

/** Whether they have one of the identifiers today. Of who was erased nobody can tell any more. */
const has = (one: Found): boolean =>
  one.records.length === 0 || isErased(one) || one.identifiers.some((identifier) => hasToday(one, identifier));

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
  const theirs = having.flatMap((one) => one.identifiers.filter((identifier) => hasToday(one, identifier)));
  return found.some(
    (one) =>
      !having.includes(one) &&
      isNamesake(one, record) &&
      one.identifiers.some((identifier) => !theirs.some((other) => isSame(identifier, other))),
  );
};

/**
 * The contact points that somebody has by a record. A system's own record says all that there are. Any other says some: then
 * they keep theirs, and it adds those that they never had; what they gave up isn't given back.
 */
const broughtTo = (one: Found, record: CandidateRecord): ContactPoints => {
  const { own, everHad } = one;
  const { contactPoints, externalIds, location } = record;
  if (!own || externalIds.length > 0 || isErased(one)) return contactPoints;
  const country = location ? location.country : own.location?.country;
  const had = everHad.map((point) => compared(point, undefined));
  return [
    ...own.contactPoints,
    ...contactPoints.filter((point) => !had.some((known) => isSame(known, compared(point, country)))),
  ];
};

/** Whose a record is. */
export interface Recognised {
  /** Undefined for somebody who isn't known. */
  readonly known: string | undefined;
  /** For somebody who isn't. */
  readonly newId: string;
  /** What the person has once it's imported. */
  readonly contactPoints: ContactPoints;
}

interface WithFormer {
  readonly candidate: Candidate;
  readonly everHad: ContactPoints;
}

/** A candidate, with the contact points that they ever had: the index alone may name some of an import that was killed. */
const withFormer: Pick<Decider<WithFormer, never, CandidateEvent>, 'initial' | 'evolve'> = {
  initial: { candidate: candidateDecider.initial, everHad: [] },
  evolve: ({ candidate, everHad }, event) => ({
    candidate: candidateDecider.evolve(candidate, event),
    everHad: 'contactPoints' in event.data ? [...everHad, ...event.data.contactPoints] : everHad,
  }),
};

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
    const ids = await this.people.idsOf(id);
    const loaded = await Promise.all(
      ids.map((each) => this.runner.load(withFormer, { category: 'candidate', id: each })),
    );
    const states = loaded.map((one) => (one?.state.candidate.kind === 'known' ? one.state.candidate : undefined));
    return {
      id,
      identifiers,
      own: states[ids.indexOf(id)],
      records: states.flatMap((one) => one ?? []),
      everHad: loaded.flatMap((one) => one?.state.everHad ?? []),
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
