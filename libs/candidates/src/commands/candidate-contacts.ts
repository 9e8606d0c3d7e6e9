import { CommandRunner } from '#libs/event-store';
import { ContactIndex, type IndexedContact } from '#libs/privacy';
import { Injectable } from '@nestjs/common';
import { candidateDecider } from '../candidate/candidate-decider.js';
import { normaliseContact } from '../contact-points/normalise.js';
import type { ContactPoint } from '../events/index.js';

interface ExternalId {
  readonly system: string;
  readonly id: string;
}

interface Addressable {
  readonly contactPoints?: readonly ContactPoint[];
  readonly externalIds?: readonly ExternalId[];
}

/** Normalises a candidate's contacts, makes them findable, and finds by them. */
@Injectable()
export class CandidateContacts {
  constructor(
    private readonly index: ContactIndex,
    private readonly runner: CommandRunner,
  ) {}

  /** The form in which contact points are stored; the same one twice is one. */
  normalise(contactPoints: readonly ContactPoint[], country: string | undefined): ContactPoint[] {
    const unique = new Map<string, ContactPoint>();
    for (const point of contactPoints) {
      const value = normaliseContact(point.kind, point.value, country);
      unique.set(`${point.kind} ${value}`, { ...point, value });
    }
    return [...unique.values()];
  }

  /** As `normalise`, for somebody who is known: a phone number without its country code is read as one of where they live. */
  async normaliseFor(candidateId: string, contactPoints: readonly ContactPoint[]): Promise<ContactPoint[]> {
    const needsCountry = contactPoints.some(({ kind, value }) => kind === 'phone' && !value.trim().startsWith('+'));
    return this.normalise(contactPoints, needsCountry ? await this.countryOf(candidateId) : undefined);
  }

  /** The form in which external ids are stored; the same one twice is one. */
  normaliseIds(externalIds: readonly ExternalId[]): ExternalId[] {
    const unique = new Map<string, ExternalId>();
    for (const { system, id } of externalIds) {
      const value = normaliseContact(`external:${system}`, id);
      unique.set(JSON.stringify([system, value]), { system, id: value });
    }
    return [...unique.values()];
  }

  /**
   * Before the append, since nobody must be in the log who can't be found. But not before it's decided: by an address of a
   * change that was refused, what's told of somebody else would be recorded for them, for good.
   */
  async makeFindable(candidateId: string, { contactPoints = [], externalIds = [] }: Addressable): Promise<void> {
    const contacts: IndexedContact[] = [
      ...contactPoints.map(({ kind, value }) => ({ kind, value })),
      ...externalIds.map(({ system, id }) => ({ kind: `external:${system}`, value: id })),
    ];
    if (contacts.length > 0) await this.index.add(candidateId, contacts);
  }

  /**
   * Ids of the candidates to whom a normalised address leads. The index is written before the log, so it may name
   * people who were never added. It forgets nothing but who was erased, once another has the address: whoever gave one up
   * is still found by it, and a late delivery of an old event finds the stream that knows the event.
   */
  async find(kind: string, value: string): Promise<readonly string[]> {
    const ids = await this.index.find(kind, value);
    const known = await Promise.all(ids.map((id) => this.runner.exists({ category: 'candidate', id })));
    return ids.filter((_, i) => known[i]);
  }

  private async countryOf(id: string): Promise<string | undefined> {
    const loaded = await this.runner.load(candidateDecider, { category: 'candidate', id });
    return loaded?.state.kind === 'known' ? loaded.state.location?.country : undefined;
  }
}
