import { invalidRequest } from '#libs/http';
import { changesBetween, type Score } from '#projections/engagement';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ExplainedScores } from './explained-scores.js';
import type { ScoreAtDocument, ScoreChangesDocument, ScoreChangesQuery } from './score-changes.dto.js';

/** Why a candidate's score isn't what it was. */
export class GetScoreChanges extends Query<ScoreChangesDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: ScoreChangesQuery,
  ) {
    super();
  }
}

const atDocument = ({ at, score, band }: Score): ScoreAtDocument => ({ at: at.toISOString(), score, band });

@QueryHandler(GetScoreChanges)
export class GetScoreChangesHandler implements IQueryHandler<GetScoreChanges> {
  constructor(private readonly scores: ExplainedScores) {}

  async execute({
    candidateId,
    options: { after, model: version, at, asOfPosition, since, sinceAsOfPosition = asOfPosition },
  }: GetScoreChanges): Promise<ScoreChangesDocument> {
    const model = await this.scores.modelOf(version, after);
    const { score: is } = await this.scores.of(candidateId, model, { at, asOfPosition }, after);
    const earlier = { at: since, asOfPosition: sinceAsOfPosition };
    const { score: was } = await this.scores.of(candidateId, model, earlier, after);
    if (was.at > is.at) throw invalidRequest([{ pointer: '/since', detail: 'must not be later than at' }]);
    const { change, terms, caps } = changesBetween(was, is);
    return {
      candidateId: is.candidateId,
      modelVersion: is.modelVersion,
      before: atDocument(was),
      after: atDocument(is),
      change,
      terms: terms.map(({ occurredAt, ...term }) => ({ ...term, occurredAt: occurredAt.toISOString() })),
      caps: [...caps],
    };
  }
}
