import { normaliseContact } from '#libs/candidates';
import { KnownPeople } from '#libs/identity';
import { err, ok, refusal, type Refusal, type Result } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import type { CandidateRecord } from './candidate-record.js';

/** What a person is recognised by, best first: a system's id, then addresses. */
export const identifiersOf = (record: CandidateRecord): { kind: string; value: string }[] => [
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

/** Recognises the people of records. Those who were merged are one person, who goes by one id. */
export class Recognition {
  constructor(
    private readonly contacts: ContactIndex,
    private readonly people: KnownPeople,
    private readonly digests: Digests,
  ) {}

  /** Whose record it is; undefined for somebody who isn't known. Refused with `candidate-ambiguous`. */
  async find(record: CandidateRecord): Promise<Result<string | undefined, Refusal>> {
    const found = new Set((await this.contacts.findMany(identifiersOf(record))).flat());
    const people = new Set<string>();
    for (const id of found) people.add(await this.personOf(id));
    const [known, ...others] = people;
    return others.length > 0 ? err(ambiguous) : ok(known);
  }

  /** The id that whoever has this one goes by, as it's known now: a change under another one would stay unseen. */
  async personOf(candidateId: string): Promise<string> {
    return (await this.people.survivorOf(candidateId)) ?? candidateId;
  }

  /** For somebody who isn't known yet; the same for the same record. */
  newIdOf(record: CandidateRecord): string {
    const [best] = identifiersOf(record);
    // A name alone recognises nobody, but the same record twice is the same person.
    return best === undefined
      ? this.digests.idFrom('imported-record', JSON.stringify(record))
      : this.digests.idFrom('imported-candidate', best.kind, best.value);
  }
}
