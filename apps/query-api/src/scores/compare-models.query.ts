import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { compareModels, engagement } from '#projections/engagement';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import type { ComparisonDocument, ComparisonQuery } from './comparison.dto.js';
import { ModelsInUse } from './models-in-use.js';

/** How two models rank everybody: bands, places, and who moves. */
export class CompareModels extends Query<ComparisonDocument> {
  constructor(readonly options: ComparisonQuery) {
    super();
  }
}

@QueryHandler(CompareModels)
export class CompareModelsHandler implements IQueryHandler<CompareModels> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly models: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({
    options: { one: version, other: tried, at: asked, limit, after },
  }: CompareModels): Promise<ComparisonDocument> {
    await this.freshness.reach(after, engagement.name);
    const now = this.clock.now();
    const at = instantOf(asked) ?? now;
    if (at < now) throw invalidRequest([{ pointer: '/at', detail: 'must not be in the past' }]);
    const one =
      version === undefined ? await this.models.live(after) : await this.models.scoredBy(version, after, '/one');
    const other = await this.models.scoredBy(tried, after, '/other');
    const found = await compareModels(this.database, one, other, { at, limit });
    return {
      one: one.model.version,
      other: other.model.version,
      at: at.toISOString(),
      ...found,
      crossings: [...found.crossings],
      movers: [...found.movers],
    };
  }
}
