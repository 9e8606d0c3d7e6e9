import { Database } from '#libs/read-store';
import { funnel } from '#projections/funnel';
import { backgroundFrom, backgroundOf, relationship, type Background } from '#projections/relationship';
import { getCandidate, personFrom, talentSearch, type Person } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
import type { PastQuery } from '../past/past.dto.js';
import { PastEvents } from '../past/past-events.js';
import { candidateUnknown } from '../problems.js';
import { candidateDocument } from './candidate-document.js';
import type { WholeCandidateDocument } from './whole-candidate.dto.js';

/** One candidate as the talent pool shows them, now or at a past moment. */
export class GetCandidate extends Query<WholeCandidateDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: PastQuery,
  ) {
    super();
  }
}

interface Found {
  readonly person: Person | undefined;
  readonly background: Background;
}

@QueryHandler(GetCandidate)
export class GetCandidateHandler implements IQueryHandler<GetCandidate> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
  ) {}

  async execute({ candidateId, options }: GetCandidate): Promise<WholeCandidateDocument> {
    const isPast = options.asOf !== undefined || options.asOfPosition !== undefined;
    const found = isPast ? await this.asItWas(candidateId, options) : await this.asItIs(candidateId, options);
    if (!found.person) throw candidateUnknown();
    const { workHistory, education } = found.background;
    return { ...candidateDocument(found.person), workHistory: [...workHistory], education: [...education] };
  }

  private async asItIs(candidateId: string, { after }: PastQuery): Promise<Found> {
    await this.freshness.reach(after, talentSearch.name, relationship.name);
    const [person, background] = await Promise.all([
      getCandidate(this.database, candidateId),
      backgroundOf(this.database, candidateId),
    ]);
    return { person, background };
  }

  /** From the log; only which applications are theirs comes from a read model. */
  private async asItWas(candidateId: string, { after, asOf, asOfPosition }: PastQuery): Promise<Found> {
    await this.freshness.reach(after, funnel.name);
    const moment = { at: instantOf(asOf), position: positionOf(asOfPosition) };
    const events = await this.past.of(candidateId, moment);
    return { person: personFrom(events), background: backgroundFrom(events) };
  }
}
