import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CustomFieldList } from './custom-field.dto.js';
import { KnownCustomFields } from './known-custom-fields.js';

/** Every custom field, also those that are retired. */
export class ListCustomFields extends Query<CustomFieldList> {
  constructor(readonly after?: string) {
    super();
  }
}

@QueryHandler(ListCustomFields)
export class ListCustomFieldsHandler implements IQueryHandler<ListCustomFields> {
  constructor(private readonly fields: KnownCustomFields) {}

  async execute({ after }: ListCustomFields): Promise<CustomFieldList> {
    const items = [...(await this.fields.all(after)).values()].map(({ options, declaredAt, retiredAt, ...field }) => ({
      ...field,
      options: [...options],
      declaredAt: declaredAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    }));
    return { items };
  }
}
