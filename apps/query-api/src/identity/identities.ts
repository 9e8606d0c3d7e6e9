import { Database } from '#libs/read-store';
import { identity, idsOfPerson, type IdentityMoment } from '#projections/identity';
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
}
