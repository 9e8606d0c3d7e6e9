import { ContactIndex, type IndexedContact } from '#libs/privacy';
import { Injectable } from '@nestjs/common';
import { normaliseContact } from '../contact-points/normalise.js';
import type { ContactPoint } from '../events/index.js';

interface Addressable {
  readonly contactPoints?: readonly ContactPoint[];
  readonly externalIds?: readonly { readonly system: string; readonly id: string }[];
}

/** Normalises a candidate's contacts and makes them findable. */
@Injectable()
export class CandidateContacts {
  constructor(private readonly index: ContactIndex) {}

  /** The form in which contact points are stored; the same one twice is one. */
  normalise(contactPoints: readonly ContactPoint[], country: string | undefined): ContactPoint[] {
    const unique = new Map<string, ContactPoint>();
    for (const point of contactPoints) {
      const value = normaliseContact(point.kind, point.value, country);
      unique.set(`${point.kind} ${value}`, { ...point, value });
    }
    return [...unique.values()];
  }

  /** Before the append: an entry for somebody who isn't added in the end does no harm, a missing one would. */
  async makeFindable(candidateId: string, { contactPoints = [], externalIds = [] }: Addressable): Promise<void> {
    const contacts: IndexedContact[] = [
      ...contactPoints.map(({ kind, value }) => ({ kind, value })),
      ...externalIds.map(({ system, id }) => ({ kind: `external:${system}`, value: id.trim() })),
    ];
    if (contacts.length > 0) await this.index.add(candidateId, contacts);
  }
}
