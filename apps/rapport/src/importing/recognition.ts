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

/** What a person is recognised by, best first: a system's id, then addresses. */
export const identifiersOf = (record: CandidateRecord): Identifier[] => [
  ...record.externalIds.map(({ system, id }) => ({ kind: `external:${system}`, value: id })),
  ...record.contactPoints.map(({ kind, value }) => ({
    kind,
    value: normaliseContact(kind, value, record.location?.country),
  })),
];

const ambiguous = refusal(
  'conflict',
  'candidate-ambiguous',
  'Several candidates have these addresses. Tell them apart by an external id.',
);

/** Somebody to whom identifiers of a record lead. */
interface Found {
  readonly identifiers: readonly Identifier[];
  /** What's known under each of their ids; without any, they were never added. */
  readonly records: readonly KnownCandidate[];
}

/** Whether they have one of the identifiers today. Nobody takes a system's id back, and of who was erased nobody can tell any more. */
const has = ({ identifiers, records }: Found): boolean => {
  const points = records.flatMap(({ contactPoints }) => contactPoints);
  const isErased = [...points.map(({ value }) => value), ...records.map(({ name }) => name?.full)].includes(ERASED);
  const isOne = ({ kind, value }: Identifier): boolean =>
    points.some((one) => one.kind === kind && normaliseContact(kind, one.value) === value);
  return records.length === 0 || isErased || identifiers.some((one) => one.kind.startsWith('external:') || isOne(one));
};

const asCompared = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

const isNamesake = ({ records }: Found, { name }: CandidateRecord): boolean =>
  name !== undefined && records.some((known) => known.name && asCompared(known.name.full) === asCompared(name.full));

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
   * @returns `known`: undefined for somebody who isn't known. Refused with `candidate-ambiguous`
   */
  async find(record: CandidateRecord): Promise<Result<{ known: string | undefined; newId: string }, Refusal>> {
    const identifiers = identifiersOf(record);
    const idsFound = await this.contacts.findMany(identifiers);
    const leading = new Map<string, Identifier[]>();
    for (const [n, identifier] of identifiers.entries())
      for (const id of idsFound[n] ?? []) {
        const person = await this.personOf(id);
        leading.set(person, [...(leading.get(person) ?? []), identifier]);
      }
    const newId = this.newIdOf(record, new Set(idsFound.flat()));
    const found = await Promise.all([...leading].map(async ([id, by]) => [id, await this.known(id, by)] as const));
    const having = found.filter(([, one]) => has(one));
    const meant = having.length > 0 ? having : found.filter(([, one]) => isNamesake(one, record));
    return meant.length > 1 ? err(ambiguous) : ok({ known: meant[0]?.[0], newId });
  }

  private async known(personId: string, identifiers: readonly Identifier[]): Promise<Found> {
    const ids = await this.people.idsOf(personId);
    const loaded = await Promise.all(
      ids.map((id) => this.runner.load(candidateDecider, { category: 'candidate', id })),
    );
    return { identifiers, records: loaded.flatMap((one) => (one?.state.kind === 'known' ? [one.state] : [])) };
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
