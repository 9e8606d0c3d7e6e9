import { Database } from '#libs/read-store';
import { funnel } from '#projections/funnel';
import { getCandidate, personFrom, talentSearch, type Person } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
import type { PastQuery } from '../past/past.dto.js';
import { PastEvents } from '../past/past-events.js';
import { candidateUnknown } from '../problems.js';
import { candidateDocument } from './candidate-document.js';
import type { CandidateDocument } from './candidate.dto.js';

/** One candidate as the talent pool shows them, now or at a past moment. */
export class GetCandidate extends Query<CandidateDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: PastQuery,
  ) {
    super();
  }
}

@QueryHandler(GetCandidate)
export class GetCandidateHandler implements IQueryHandler<GetCandidate> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
  ) {}

  async execute({ candidateId, options }: GetCandidate): Promise<CandidateDocument> {
    const isPast = options.asOf !== undefined || options.asOfPosition !== undefined;
    const person = isPast ? await this.asItWas(candidateId, options) : await this.asItIs(candidateId, options);
    if (!person) throw candidateUnknown();
    return candidateDocument(person);
  }

  private async asItIs(candidateId: string, { after }: PastQuery): Promise<Person | undefined> {
    await this.freshness.reach(after, talentSearch.name);
    return getCandidate(this.database, candidateId);
  }

  /** From the log; only which applications are theirs comes from a read model. */
  private async asItWas(candidateId: string, { after, asOf, asOfPosition }: PastQuery): Promise<Person | undefined> {
    await this.freshness.reach(after, funnel.name);
    const moment = { at: instantOf(asOf), position: positionOf(asOfPosition) };
    return personFrom(await this.past.of(candidateId, moment));
  }
}
