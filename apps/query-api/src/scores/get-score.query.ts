import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { liveModel, models } from '#libs/scoring';
import { engagement, scoreOf, whatIfOf } from '#projections/engagement';
import { getCandidate, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
import { candidateUnknown } from '../problems.js';
import { scoreDocument } from './score-document.js';
import type { ScoreDocument, ScoreQuery } from './score.dto.js';

/** A candidate's score and what it's made of. */
export class GetScore extends Query<ScoreDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: ScoreQuery,
  ) {
    super();
  }
}

@QueryHandler(GetScore)
export class GetScoreHandler implements IQueryHandler<GetScore> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({
    candidateId,
    options: { after, at, asOfPosition, model: version },
  }: GetScore): Promise<ScoreDocument> {
    // Somebody with whom nothing happened has no rows in engagement; that they exist, talent search knows.
    await this.freshness.reach(after, engagement.name, talentSearch.name);
    const model = models.find((one) => one.version === version) ?? liveModel;
    const instant = instantOf(at) ?? this.clock.now();
    const position = positionOf(asOfPosition)?.commit;
    const [candidate, score, changes] = await Promise.all([
      getCandidate(this.database, candidateId),
      scoreOf(this.database, candidateId, instant, model, position),
      whatIfOf(this.database, candidateId, instant, model, position),
    ]);
    if (!candidate) throw candidateUnknown();
    return scoreDocument(score, changes);
  }
}
