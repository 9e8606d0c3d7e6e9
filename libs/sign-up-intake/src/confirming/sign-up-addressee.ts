import { candidateDecider } from '#libs/candidates';
import { CommandRunner } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { ContactIndex, Digests, KeyVault, SubjectErasedError } from '#libs/privacy';
import { Injectable } from '@nestjs/common';

const asCompared = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

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
   * The one person who is known by this address; of several the one of this name; else somebody new. Whoever was erased is
   * nobody: signing up by themselves, they begin anew under another id, which nothing leads from to the old one.
   * @param email as it's compared
   */
  async find(email: string, name: string | undefined): Promise<string> {
    const ids = await this.index.find('email', email);
    const people = new Set<string>();
    for (const id of ids) {
      if (!(await this.runner.exists({ category: 'candidate', id }))) continue;
      const survivor = (await this.people.survivorOf(id)) ?? id;
      if (await this.isReadable(survivor)) people.add(survivor);
    }
    const [only, ...others] = people;
    if (only !== undefined && others.length === 0) return only;
    return (await this.namesake([...people], name)) ?? this.newId(email, ids);
  }

  /** Nobody is preferred among several of one name: duplicates are for people to judge. */
  private async namesake(people: readonly string[], name: string | undefined): Promise<string | undefined> {
    if (name === undefined) return undefined;
    const found: string[] = [];
    for (const id of people) {
      const candidate = (await this.runner.load(candidateDecider, { category: 'candidate', id }))?.state;
      if (candidate?.kind === 'known' && candidate.name && asCompared(candidate.name.full) === asCompared(name))
        found.push(id);
    }
    return found.length === 1 ? found[0] : undefined;
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
