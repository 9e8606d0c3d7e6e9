import { Database } from '#libs/read-store';
import { poolsOfCandidate, poolsProjection } from '#projections/pools';
import { knownCandidates, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { instantOf } from '../instant-parameter.js';
import { given } from '../plain.js';
import { candidateUnknown } from '../problems.js';
import type { CandidatePoolsDocument, CandidatePoolsQuery } from './member.dto.js';

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
  ) {}

  async execute({ candidateId, options: { after, at } }: ListCandidatePools): Promise<CandidatePoolsDocument> {
    await this.freshness.reachAbout([candidateId], after, poolsProjection.name, talentSearch.name);
    const [known, stays] = await Promise.all([
      knownCandidates(this.database, [candidateId]),
      poolsOfCandidate(this.database, candidateId, given({ at: instantOf(at) })),
    ]);
    if (known.size === 0) throw candidateUnknown();
    const items = stays.map(({ joinedAt, leftAt, ...stay }) => ({
      ...stay,
      joinedAt: joinedAt.toISOString(),
      leftAt: leftAt?.toISOString() ?? null,
    }));
    return { items };
  }
}
