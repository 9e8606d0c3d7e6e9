import type { StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type RowOf, type Rows } from '#libs/projecting';
import { models, type ScoringModelEvent } from '#libs/scoring';
import { scoringModelRows, scoringSwitches } from './tables.js';

type Of<T extends ScoringModelEvent['type']> = Extract<ScoringModelEvent, { type: T }>;
type Model = RowOf<typeof scoringModelRows.columns>;

const versionOf = ({ data }: Of<'scoring-model.made-live' | 'scoring-model.retired'>): number => data.version;

const needs: Handler['needs'] = (event) => [
  row(scoringModelRows, { version: versionOf(event as StoredEvent & Of<'scoring-model.made-live'>) }),
];

/** The row of a model that came with the program is made when it's needed: nobody published it. */
const builtIn = (version: number): Model => {
  const model = models.find((one) => one.version === version);
  if (!model) throw new Error('A scoring model was made live that nobody published.');
  return {
    version,
    model,
    published_at: null,
    published_by: null,
    published_position: null,
    live_position: null,
    live_at: null,
    retired_at: null,
  };
};

const change = (rows: Rows, version: number, changes: Partial<Model>): void => {
  rows.put(scoringModelRows, { ...(rows.get(scoringModelRows, { version }) ?? builtIn(version)), ...changes });
};

const published: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { model } = (event as StoredEvent & Of<'scoring-model.published'>).data;
    rows.put(scoringModelRows, {
      version: model.version,
      model,
      published_at: event.occurredAt,
      published_by: event.actor.id,
      published_position: event.position.commit,
      live_position: null,
      live_at: null,
      retired_at: null,
    });
  },
};

const madeLive: Handler = {
  needs,
  apply: (event, rows) => {
    const version = versionOf(event as StoredEvent & Of<'scoring-model.made-live'>);
    const { position, occurredAt } = event;
    change(rows, version, { live_position: position.commit, live_at: occurredAt });
    rows.put(scoringSwitches, { position: position.commit, version, at: occurredAt });
  },
};

const retired: Handler = {
  needs,
  apply: (event, rows) =>
    change(rows, versionOf(event as StoredEvent & Of<'scoring-model.retired'>), { retired_at: event.occurredAt }),
};

/** Which scoring models were published, which is live and when each was, and which nobody is scored by any more. */
export const scoringModels = defineProjection({
  name: 'scoring-models',
  version: 2,
  tables: [scoringModelRows, scoringSwitches],
  handlers: {
    'scoring-model.published': published,
    'scoring-model.made-live': madeLive,
    'scoring-model.retired': retired,
  },
});
