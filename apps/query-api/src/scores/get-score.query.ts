import { whatIf } from '#libs/scoring';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ExplainedScores } from './explained-scores.js';
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
  constructor(private readonly scores: ExplainedScores) {}

  async execute({ candidateId, options: { after, model: version, ...moment } }: GetScore): Promise<ScoreDocument> {
    const model = await this.scores.modelOf(version, after);
    const { score, facts } = await this.scores.of(candidateId, model, moment, after);
    return scoreDocument(score, whatIf(model, facts, score.at));
  }
}
