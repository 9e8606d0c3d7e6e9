import { instantOf } from '#libs/http';
import { CLOCK, type Clock, type LogPosition } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { relationship, relationshipFrom, relationshipOf, type Relationship } from '#projections/relationship';
import { knownCandidates, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { Identities } from '../identity/identities.js';
import { oneRelationship } from '../identity/one-relationship.js';
import { positionOf } from '../freshness/position-token.js';
import { PastEvents } from '../past/past-events.js';
import { candidateUnknown } from '../problems.js';
import type {
  HandOverDocument,
  HeldConsentDocument,
  RelationshipDocument,
  RelationshipQuery,
} from './relationship.dto.js';

/** Whether a candidate may be contacted, and what they said of a next job. */
export class GetRelationship extends Query<RelationshipDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: RelationshipQuery,
  ) {
    super();
  }
}

const toDocument = (
  candidateId: string,
  {
    at,
    permissions,
    owners,
    availability,
    languages,
    workHistory,
    education,
    attachments,
    silverMedallist,
  }: Relationship,
): RelationshipDocument => ({
  candidateId,
  at: at.toISOString(),
  permissions: permissions.map(({ purpose, channel, allowed, obstacles, consent }) => ({
    purpose,
    channel,
    allowed,
    obstacles: [...obstacles],
    ...(consent ? { consent: heldConsent(consent) } : {}),
  })),
  owners: owners.map(handOver),
  availability: availability && { ...availability.statement, statedAt: availability.at.toISOString() },
  languages: [...languages],
  workHistory: [...workHistory],
  education: [...education],
  attachments: [...attachments],
  silverMedallist: silverMedallist && { ...silverMedallist.statement, at: silverMedallist.at.toISOString() },
});

const handOver = ({ statement, at, by }: Relationship['owners'][number]): HandOverDocument => ({
  ...statement,
  at: at.toISOString(),
  by,
});

/** Without what it's listed under. */
const heldConsent = (consent: NonNullable<Relationship['permissions'][number]['consent']>): HeldConsentDocument => {
  const { at, basis, topic, textVersion, expiresAt, evidence } = consent;
  return {
    at,
    basis,
    evidence,
    ...(topic === undefined ? {} : { topic }),
    ...(textVersion === undefined ? {} : { textVersion }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
};

@QueryHandler(GetRelationship)
export class GetRelationshipHandler implements IQueryHandler<GetRelationship> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly past: PastEvents,
    private readonly pasts: PastStates,
    private readonly identities: Identities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ candidateId, options: given }: GetRelationship): Promise<RelationshipDocument> {
    const options = { ...given, after: await this.pasts.laterOf(given.after, given.asOfPosition) };
    const at = instantOf(options.at) ?? this.clock.now();
    const position = positionOf(options.asOfPosition);
    const ids = await this.identities.idsOf(candidateId, options.after, { at, position: position?.commit });
    const [first, ...others] = position
      ? await this.asTheyWere(ids, at, position, options)
      : await this.asTheyAre(ids, at, options);
    if (!first) throw candidateUnknown();
    return toDocument(ids[0] ?? candidateId, oneRelationship([first, ...others]));
  }

  private async asTheyAre(
    ids: readonly string[],
    at: Date,
    { after, topic }: RelationshipQuery,
  ): Promise<readonly Relationship[]> {
    // Somebody who said nothing has no row; that they exist, talent search knows.
    await this.freshness.reachAbout(ids, after, relationship.name, talentSearch.name);
    const known = await knownCandidates(this.database, ids);
    return Promise.all(ids.filter((id) => known.has(id)).map((id) => relationshipOf(this.database, id, at, topic)));
  }

  /** From the log. */
  private async asTheyWere(
    ids: readonly string[],
    at: Date,
    position: LogPosition,
    { after, topic }: RelationshipQuery,
  ): Promise<readonly Relationship[]> {
    const histories = await this.past.of(ids, { position }, after);
    return histories.filter((events) => events.length > 0).map((events) => relationshipFrom(events, at, topic));
  }
}
