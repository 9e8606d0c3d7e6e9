import { streamName, type RawEvent } from '#libs/event-store';
import { identityStream } from '#libs/identity';
import { membershipId } from '#libs/pools';
import { Database } from '#libs/read-store';
import { applicationsOf, funnel } from '#projections/funnel';
import { isDecidedAbout } from '#projections/identity';
import { membershipsOf, poolsProjection } from '#projections/pools';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';
import { Identities } from '../identity/identities.js';
import type { HistorySource } from './candidate-history.js';
import { signUpsIn } from './sign-up-evidence.js';

/** What's decided about who is whom, and who signed up, names the person by their id. */
const names = (ids: readonly string[]) => {
  const asked = new Set<unknown>(ids);
  return ({ data }: RawEvent): boolean =>
    typeof data === 'object' && data !== null && Object.values(data).some((value) => asked.has(value));
};

/** Where the log holds what's recorded about a person. Read models say only which streams those are. */
@Injectable()
export class PersonSources {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly identities: Identities,
  ) {}

  /**
   * Of all ids that the person has now: profile, interactions, applications, memberships, the sign-ups that were admitted as
   * them, and who was said to be whom.
   */
  async of(candidateId: string, after: string | undefined): Promise<readonly HistorySource[]> {
    const ids = await this.identities.idsOf(candidateId, after);
    await this.freshness.reachAbout(ids, after, funnel.name, poolsProjection.name);
    const [applications, memberships, decided] = await Promise.all([
      Promise.all(ids.map((id) => applicationsOf(this.database, id))),
      membershipsOf(this.database, ids),
      isDecidedAbout(this.database, ids),
    ]);
    const own = ids.flatMap((id, n) => [
      `candidate-${id}`,
      `engagement-${id}`,
      ...(applications[n] ?? []).map((application) => `application-${application}`),
    ]);
    const inPools = memberships.map((of) => `membership-${membershipId(of.poolId, of.candidateId)}`);
    const signUps = (event: RawEvent) => signUpsIn(event).map((stream) => ({ stream, concerns: names(ids) }));
    return [
      ...[...own, ...inPools].map((stream) => ({ stream, leadsTo: signUps })),
      ...(decided ? [{ stream: streamName(identityStream), concerns: names(ids) }] : []),
    ];
  }
}
