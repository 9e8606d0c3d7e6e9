import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { positionOf } from '../freshness/position-token.js';
import { badCursor, candidateUnknown } from '../problems.js';
import { CandidateHistory } from './candidate-history.js';
import { historyDocument } from './history-document.js';
import type { HistoryDocument, HistoryQuery } from './history.dto.js';
import { PersonSources } from './person-sources.js';

/** What the log holds about one person, under all ids that they have now. */
export class ReplayCandidate extends Query<HistoryDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: HistoryQuery,
  ) {
    super();
  }
}

@QueryHandler(ReplayCandidate)
export class ReplayCandidateHandler implements IQueryHandler<ReplayCandidate> {
  constructor(
    private readonly sources: PersonSources,
    private readonly history: CandidateHistory,
  ) {}

  async execute({ candidateId, options: { after, cursor, limit } }: ReplayCandidate): Promise<HistoryDocument> {
    const from = positionOf(cursor);
    if (cursor !== undefined && from === undefined) throw badCursor();
    const sources = await this.sources.of(candidateId, after);
    const page = await this.history.page(sources, from === undefined ? { limit } : { after: from, limit });
    if (!page.streams.some(({ stream }) => stream.startsWith('candidate-'))) throw candidateUnknown();
    return historyDocument(page);
  }
}
