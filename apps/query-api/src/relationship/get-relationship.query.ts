import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { relationship, relationshipFrom, relationshipOf, type Relationship } from '#projections/relationship';
import { getCandidate, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
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
  { at, permissions, owners, availability, languages, workHistory, education, attachments }: Relationship,
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ candidateId, options }: GetRelationship): Promise<RelationshipDocument> {
    const found =
      options.asOfPosition === undefined
        ? await this.asItIs(candidateId, options)
        : await this.asItWas(candidateId, options);
    if (!found) throw candidateUnknown();
    return toDocument(candidateId, found);
  }

  private async asItIs(
    candidateId: string,
    { after, at, topic }: RelationshipQuery,
  ): Promise<Relationship | undefined> {
    // Somebody who said nothing has no row; that they exist, talent search knows.
    await this.freshness.reach(after, relationship.name, talentSearch.name);
    const [candidate, found] = await Promise.all([
      getCandidate(this.database, candidateId),
      relationshipOf(this.database, candidateId, instantOf(at) ?? this.clock.now(), topic),
    ]);
    return candidate && found;
  }

  /** From the log. */
  private async asItWas(
    candidateId: string,
    { at, asOfPosition, topic }: RelationshipQuery,
  ): Promise<Relationship | undefined> {
    const events = await this.past.of(candidateId, { position: positionOf(asOfPosition) });
    return events.length === 0 ? undefined : relationshipFrom(events, instantOf(at) ?? this.clock.now(), topic);
  }
}
