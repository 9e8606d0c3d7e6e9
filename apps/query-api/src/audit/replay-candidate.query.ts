import { Database } from '#libs/read-store';
import { applicationsOf, funnel } from '#projections/funnel';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { badCursor, candidateUnknown } from '../problems.js';
import { CandidateHistory } from './candidate-history.js';
import { historyDocument } from './history-document.js';
import type { HistoryDocument, HistoryQuery } from './history.dto.js';

/** What the log holds about one candidate. */
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
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly history: CandidateHistory,
  ) {}

  async execute({ candidateId, options: { after, cursor, limit } }: ReplayCandidate): Promise<HistoryDocument> {
    const from = positionOf(cursor);
    if (cursor !== undefined && from === undefined) throw badCursor();
    // Only which applications are the candidate's comes from a read model.
    await this.freshness.reach(after, funnel.name);
    const applications = await applicationsOf(this.database, candidateId);
    const profile = `candidate-${candidateId}`;
    const page = await this.history.page(
      [profile, `engagement-${candidateId}`, ...applications.map((id) => `application-${id}`)],
      from === undefined ? { limit } : { after: from, limit },
    );
    if (!page.streams.some(({ stream }) => stream === profile)) throw candidateUnknown();
    return historyDocument(page);
  }
}
