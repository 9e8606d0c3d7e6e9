import { liveModel, models } from '#libs/scoring';
import type { ModelInUse } from '#projections/scoring-models';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ModelsInUse } from './models-in-use.js';
import type { ScoringModelDocument, ScoringModelsDocument } from './scoring-model.dto.js';

/** Every published scoring model. */
export class ListScoringModels extends Query<ScoringModelsDocument> {
  constructor(readonly after?: string) {
    super();
  }
}

const toDocument = ({ model, state, published }: ModelInUse): ScoringModelDocument => ({
  version: model.version,
  state,
  builtIn: models.some(({ version }) => version === model.version),
  publishedAt: published?.publishedAt?.toISOString() ?? null,
  madeLiveAt: published?.liveAt?.toISOString() ?? null,
  retiredAt: published?.retiredAt?.toISOString() ?? null,
  model,
});

@QueryHandler(ListScoringModels)
export class ListScoringModelsHandler implements IQueryHandler<ListScoringModels> {
  constructor(private readonly inUse: ModelsInUse) {}

  async execute({ after }: ListScoringModels): Promise<ScoringModelsDocument> {
    const all = await this.inUse.all(after);
    const live = all.find(({ state }) => state === 'live')?.model.version ?? liveModel.version;
    return { live, items: all.map(toDocument) };
  }
}
