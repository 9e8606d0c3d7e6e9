import { Database } from '#libs/read-store';
import { identity, idsOfPerson, mergedAwayOf, type IdentityMoment } from '#projections/identity';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';

/** Whom an id stands for. */
@Injectable()
export class Identities {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  /** All ids of whoever has this one, the id that they go by first; as it was decided by a moment, if one is given. */
  async idsOf(candidateId: string, after: string | undefined, moment?: IdentityMoment): Promise<readonly string[]> {
    await this.freshness.reach(after, identity.name);
    return idsOfPerson(this.database, candidateId, moment);
  }

  /** Those of these whom nobody was merged away from: each person once, as far as they're all here. */
  async survivorsOf<T>(
    items: readonly T[],
    idOf: (item: T) => string,
    after: string | undefined,
  ): Promise<readonly T[]> {
    await this.freshness.reach(after, identity.name);
    const away = items.length === 0 ? new Set<string>() : await mergedAwayOf(this.database, items.map(idOf));
    return items.filter((item) => !away.has(idOf(item)));
  }
}
