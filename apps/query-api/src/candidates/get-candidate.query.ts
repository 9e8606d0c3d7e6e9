import { Database } from '#libs/read-store';
import { getCandidate, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { candidateUnknown } from '../problems.js';
import { candidateDocument } from './candidate-document.js';
import type { CandidateDocument } from './candidate.dto.js';

/** One candidate as the talent pool shows them. */
export class GetCandidate extends Query<CandidateDocument> {
  constructor(
    readonly candidateId: string,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(GetCandidate)
export class GetCandidateHandler implements IQueryHandler<GetCandidate> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({ candidateId, after }: GetCandidate): Promise<CandidateDocument> {
    await this.freshness.reach(after, talentSearch.name);
    const person = await getCandidate(this.database, candidateId);
    if (!person) throw candidateUnknown();
    return candidateDocument(person);
  }
}
