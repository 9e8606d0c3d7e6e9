import { instantOf } from '#libs/http';
import { Database } from '#libs/read-store';
import { backgroundFrom, backgroundOf, relationship, type Background } from '#projections/relationship';
import { candidatesById, personFrom, talentSearch, type Person } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { eachOnce } from '../identity/each-once.js';
import { Identities } from '../identity/identities.js';
import { positionOf } from '../freshness/position-token.js';
import type { PastQuery } from '../past/past.dto.js';
import { PastEvents, type Moment } from '../past/past-events.js';
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

/** A person, and what's known under each of their ids. */
interface Found {
  readonly person: Person | undefined;
  readonly backgrounds: readonly Background[];
}

@QueryHandler(GetCandidate)
export class GetCandidateHandler implements IQueryHandler<GetCandidate> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
    private readonly pasts: PastStates,
    private readonly identities: Identities,
  ) {}

  async execute({ candidateId, options: given }: GetCandidate): Promise<WholeCandidateDocument> {
    const options = { ...given, after: await this.pasts.laterOf(given.after, given.asOfPosition) };
    const moment = { at: instantOf(options.asOf), position: positionOf(options.asOfPosition) };
    const isPast = options.asOf !== undefined || options.asOfPosition !== undefined;
    const ids = await this.identities.idsOf(candidateId, options.after, {
      at: moment.at,
      position: moment.position?.commit,
    });
    const found = isPast ? await this.asTheyWere(ids, options, moment) : await this.asTheyAre(ids, options);
    const { person, backgrounds } = found;
    if (!person) throw candidateUnknown();
    return {
      ...candidateDocument(person),
      mergedIds: ids.filter((id) => id !== person.id),
      workHistory: eachOnce(backgrounds.map(({ workHistory }) => workHistory)),
      education: eachOnce(backgrounds.map(({ education }) => education)),
    };
  }

  private async asTheyAre(ids: readonly string[], { after }: PastQuery): Promise<Found> {
    await this.freshness.reachAbout(ids, after, talentSearch.name, relationship.name);
    const [people, ...backgrounds] = await Promise.all([
      candidatesById(this.database, ids),
      ...ids.map((id) => backgroundOf(this.database, id)),
    ]);
    return { person: ids.flatMap((id) => people.get(id) ?? [])[0], backgrounds };
  }

  /** From the log; only which applications are theirs, and who was merged, comes from read models. */
  private async asTheyWere(ids: readonly string[], { after }: PastQuery, moment: Moment): Promise<Found> {
    const histories = await this.past.of(ids, moment, after);
    return { person: personFrom(histories.flat(), ids), backgrounds: histories.map(backgroundFrom) };
  }
}
