import { liveModel, models } from '#libs/scoring';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ScoringModelsDocument } from './scoring-model.dto.js';

/** Every published scoring model. */
export class ListScoringModels extends Query<ScoringModelsDocument> {}

@QueryHandler(ListScoringModels)
export class ListScoringModelsHandler implements IQueryHandler<ListScoringModels> {
  execute(): Promise<ScoringModelsDocument> {
    return Promise.resolve({ live: liveModel.version, items: models.map((model) => ({ ...model })) });
  }
}
