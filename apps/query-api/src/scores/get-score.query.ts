import type { Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { whatIf } from '#libs/scoring';
import { engagement, explain, factsRecordedFor } from '#projections/engagement';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '../clock.js';
import { Freshness } from '../freshness/freshness.js';
import { Identities } from '../identity/identities.js';
import { positionOf } from '../freshness/position-token.js';
import { instantOf } from '../instant-parameter.js';
import { candidateUnknown } from '../problems.js';
import { ModelsInUse } from './models-in-use.js';
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
    private readonly identities: Identities,
    private readonly models: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({
    candidateId,
    options: { after, at, asOfPosition, model: version },
  }: GetScore): Promise<ScoreDocument> {
    // Somebody with whom nothing happened has no rows in engagement; that they exist, talent search knows.
    await this.freshness.reach(after, engagement.name, talentSearch.name);
    const model =
      version === undefined ? (await this.models.live(after)).model : await this.models.document(version, after);
    const instant = instantOf(at) ?? this.clock.now();
    const position = positionOf(asOfPosition)?.commit;
    const ids = await this.identities.idsOf(candidateId, after, { at: instant, position });
    const [candidates, facts] = await Promise.all([
      candidatesById(this.database, ids),
      factsRecordedFor(this.database, ids, instant, position),
    ]);
    if (candidates.size === 0) throw candidateUnknown();
    return scoreDocument(explain(model, ids[0] ?? candidateId, facts, instant), whatIf(model, facts, instant));
  }
}
