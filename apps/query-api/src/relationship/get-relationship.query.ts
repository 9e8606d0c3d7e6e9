import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { relationship, relationshipOf, type Relationship } from '#projections/relationship';
import { getCandidate, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { instantOf } from '../instant-parameter.js';
import { candidateUnknown } from '../problems.js';
import type { HeldConsentDocument, RelationshipDocument, RelationshipQuery } from './relationship.dto.js';

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
  { at, permissions, availability, languages }: Relationship,
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
  availability,
  languages: [...languages],
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ candidateId, options: { after, at, topic } }: GetRelationship): Promise<RelationshipDocument> {
    // Somebody who said nothing has no row; that they exist, talent search knows.
    await this.freshness.reach(after, relationship.name, talentSearch.name);
    const [candidate, found] = await Promise.all([
      getCandidate(this.database, candidateId),
      relationshipOf(this.database, candidateId, instantOf(at) ?? this.clock.now(), topic),
    ]);
    if (!candidate) throw candidateUnknown();
    return toDocument(candidateId, found);
  }
}
