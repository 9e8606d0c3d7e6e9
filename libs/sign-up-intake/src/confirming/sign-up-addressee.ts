import { candidateDecider, normaliseContact, type KnownCandidate } from '#libs/candidates';
import { CommandRunner } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { ContactIndex, Digests, KeyVault, SubjectErasedError } from '#libs/privacy';
import { Injectable } from '@nestjs/common';

/** What's known of somebody under each of their ids, the one that they go by first. */
type Records = readonly KnownCandidate[];

const asCompared = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

const hasEmail = ({ contactPoints }: KnownCandidate, email: string): boolean =>
  contactPoints.some(({ kind, value }) => kind === 'email' && normaliseContact(kind, value) === email);

/** Nobody is preferred among several of one name: duplicates are for people to judge. */
const namesake = (people: ReadonlyMap<string, Records>, name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  const found = [...people].filter(([, records]) => {
    const known = records.find((record) => record.name)?.name;
    return known !== undefined && asCompared(known.full) === asCompared(name);
  });
  return found.length === 1 ? found[0]?.[0] : undefined;
};

/** Finds whose a confirmed submission is. */
@Injectable()
export class SignUpAddressee {
  constructor(
    private readonly index: ContactIndex,
    private readonly vault: KeyVault,
    private readonly runner: CommandRunner,
    private readonly people: KnownPeople,
    private readonly digests: Digests,
  ) {}

  /**
   * The one person who has this address; of several the one of this name; else somebody new. Whoever was erased is nobody:
   * signing up by themselves, they begin anew under another id, which nothing leads from to the old one.
   * @param email as it's compared
   */
  async find(email: string, name: string | undefined): Promise<string> {
    const taken: string[] = [];
    const people = new Map<string, Records>();
    for (const id of await this.index.find('email', email)) {
      // The index is written before the log: whom it names may be about to be added, by another submission of the same person.
      if (!(await this.runner.exists({ category: 'candidate', id }))) continue;
      taken.push(id);
      const ids = await this.people.idsOf(id);
      const person = ids[0] ?? id;
      if (!(await this.isReadable(person))) continue;
      const records = await this.recordsOf(ids);
      // It forgets nothing: somebody else's address that they were added with by mistake leads to them for ever.
      if (records.some((record) => hasEmail(record, email))) people.set(person, records);
    }
    const [only, ...others] = people.keys();
    if (only !== undefined && others.length === 0) return only;
    return namesake(people, name) ?? this.newId(email, taken);
  }

  private async recordsOf(ids: readonly string[]): Promise<Records> {
    const loaded = await Promise.all(
      ids.map((id) => this.runner.load(candidateDecider, { category: 'candidate', id })),
    );
    return loaded.flatMap((one) => (one?.state.kind === 'known' ? [one.state] : []));
  }

  /** The same for one address, so that two submissions that are confirmed at once make one person. */
  private async newId(email: string, taken: readonly string[]): Promise<string> {
    for (let n = 0; ; n++) {
      const id = this.digests.idFrom('sign-up-candidate', email, String(n));
      if (!taken.includes(id) && (await this.isReadable(id))) return id;
    }
  }

  private async isReadable(subjectId: string): Promise<boolean> {
    try {
      await this.vault.keyToSeal({ subjectId, group: 'contact' });
      return true;
    } catch (error) {
      if (error instanceof SubjectErasedError) return false;
      throw error;
    }
  }
}
