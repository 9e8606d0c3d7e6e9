import type { FitModelEvent } from '#libs/fit';
import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler } from '#libs/projecting';
import { fitModelRows } from './tables.js';

type Of<T extends FitModelEvent['type']> = StoredEvent & Extract<FitModelEvent, { type: T }>;

const published: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { model } = (event as Of<'fit-model.published'>).data;
    rows.put(fitModelRows, {
      name: model.name,
      version: model.version,
      model,
      published_at: event.occurredAt,
      published_by: event.actor.id,
      retired_at: null,
    });
  },
};

const keyOf = (event: StoredEvent): { name: string; version: number } => {
  const { name, version } = (event as Of<'fit-model.retired'>).data;
  return { name, version };
};

const retired: Handler = {
  needs: (event) => [row(fitModelRows, keyOf(event))],
  apply: (event, rows) => {
    const known = rows.get(fitModelRows, keyOf(event));
    if (!known) throw new Error('A fit model was retired that nobody published.');
    rows.put(fitModelRows, { ...known, retired_at: event.occurredAt });
  },
};

/** Which fit models were published, and which no search goes by any more. */
export const fitModels = defineProjection({
  name: 'fit-models',
  version: 1,
  tables: [fitModelRows],
  handlers: { 'fit-model.published': published, 'fit-model.retired': retired },
});
