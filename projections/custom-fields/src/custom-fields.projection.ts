import type { CustomFieldEvent } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type RowOf } from '#libs/projecting';
import { customFieldRows } from './tables.js';

type Row = RowOf<typeof customFieldRows.columns>;
type Of<T extends CustomFieldEvent['type']> = StoredEvent & Extract<CustomFieldEvent, { type: T }>;

const keyOf = (event: StoredEvent): string => (event as Of<'custom-field.retired'>).data.key;

const declared: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { description = null, options = [], ...field } = (event as Of<'custom-field.declared'>).data;
    rows.put(customFieldRows, { ...field, description, options, declared_at: event.occurredAt, retired_at: null });
  },
};

/** What becomes of a field that's there. */
const changing = (changes: (event: StoredEvent, before: Row) => Partial<Row>): Handler => ({
  needs: (event) => [row(customFieldRows, { key: keyOf(event) })],
  apply: (event, rows) => {
    const before = rows.get(customFieldRows, { key: keyOf(event) });
    if (!before) throw new Error(`${event.type} of a field that wasn't declared.`);
    rows.put(customFieldRows, { ...before, ...changes(event, before) });
  },
});

/** Which fields a business has of its own. */
export const customFieldsProjection = defineProjection({
  name: 'custom-fields',
  version: 1,
  tables: [customFieldRows],
  handlers: {
    'custom-field.declared': declared,
    'custom-field.described': changing((event, before) => {
      const { label = before.label, description = before.description } = (event as Of<'custom-field.described'>).data;
      return { label, description };
    }),
    'custom-field.options-added': changing((event, { options }) => ({
      options: [...options, ...(event as Of<'custom-field.options-added'>).data.options],
    })),
    'custom-field.retired': changing(({ occurredAt }) => ({ retired_at: occurredAt })),
  },
});
