import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { FitModelsDocument } from './fit-model.dto.js';
import { FitModels } from './fit-models.js';

/** Every published fit model. */
export class ListFitModels extends Query<FitModelsDocument> {
  constructor(readonly after?: string) {
    super();
  }
}

@QueryHandler(ListFitModels)
export class ListFitModelsHandler implements IQueryHandler<ListFitModels> {
  constructor(private readonly models: FitModels) {}

  async execute({ after }: ListFitModels): Promise<FitModelsDocument> {
    const all = await this.models.all(after);
    return {
      items: all.map(({ model, publishedAt, publishedBy, retiredAt }) => ({
        name: model.name,
        version: model.version,
        publishedAt: publishedAt.toISOString(),
        publishedBy,
        retiredAt: retiredAt?.toISOString() ?? null,
        model,
      })),
    };
  }
}
