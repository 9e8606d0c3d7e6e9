import { instantOf } from '#libs/http';
import { Database } from '#libs/read-store';
import { poolsOfCandidate, poolsProjection, type PoolStay } from '#projections/pools';
import { knownCandidates, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { Identities } from '../identity/identities.js';
import { PastStates } from '../past-states/past-states.js';
import { given } from '../plain.js';
import { candidateUnknown } from '../problems.js';
import type { CandidatePoolsDocument, CandidatePoolsQuery } from './member.dto.js';
import { PastStays } from './past-stays.js';

/** The static pools that a candidate is in, or was. */
export class ListCandidatePools extends Query<CandidatePoolsDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: CandidatePoolsQuery,
  ) {
    super();
  }
}

@QueryHandler(ListCandidatePools)
export class ListCandidatePoolsHandler implements IQueryHandler<ListCandidatePools> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly identities: Identities,
    private readonly past: PastStays,
    private readonly pasts: PastStates,
  ) {}

  async execute({ candidateId, options }: ListCandidatePools): Promise<CandidatePoolsDocument> {
    const after = await this.pasts.laterOf(options.after, options.asOfPosition);
    await this.freshness.reachAbout([candidateId], after, poolsProjection.name, talentSearch.name);
    const [known, stays] = await Promise.all([
      knownCandidates(this.database, [candidateId]),
      this.stays(candidateId, { ...options, ...given({ after }) }),
    ]);
    if (known.size === 0) throw candidateUnknown();
    const items = stays.map(({ joinedAt, leftAt, ...stay }) => ({
      ...stay,
      joinedAt: joinedAt.toISOString(),
      leftAt: leftAt?.toISOString() ?? null,
    }));
    return { items };
  }

  private async stays(candidateId: string, { after, ...asked }: CandidatePoolsQuery): Promise<PoolStay[]> {
    const at = instantOf(asked.at);
    const position = positionOf(asked.asOfPosition);
    if (!position) return poolsOfCandidate(this.database, candidateId, given({ at }));
    const ids = await this.identities.idsOf(candidateId, after, { at, position: position.commit });
    return this.past.of(ids, position, given({ at }));
  }
}
