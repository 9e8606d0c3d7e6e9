import type { ContactIndex, IndexedContact } from '#libs/privacy';

/** Stands in for the ContactIndex. */
export class ContactIndexInMemory {
  private readonly entries = new Map<string, Set<string>>();

  add(candidateId: string, contacts: readonly IndexedContact[]): Promise<void> {
    for (const { kind, value } of contacts) {
      const key = JSON.stringify([kind, value]);
      this.entries.set(key, (this.entries.get(key) ?? new Set()).add(candidateId));
    }
    return Promise.resolve();
  }

  find(kind: string, value: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.entries.get(JSON.stringify([kind, value])) ?? [])]);
  }

  findMany(contacts: readonly IndexedContact[]): Promise<readonly (readonly string[])[]> {
    return Promise.all(contacts.map(({ kind, value }) => this.find(kind, value)));
  }

  /** For constructors. */
  get asIndex(): ContactIndex {
    return this as unknown as ContactIndex;
  }
}
