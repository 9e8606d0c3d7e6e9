import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { liveModel, type ScoringModelEvent } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import { scoringModels } from './scoring-models.projection.js';
import { scoringModelRows, scoringSwitches } from './tables.js';

const told = (events: readonly ScoringModelEvent[]): StoredEvent[] =>
  events.map((event, i) => {
    const id = newId();
    const at = new Date(Date.UTC(2026, 0, i + 1));
    return {
      ...event,
      id,
      streamId: 'scoring-models',
      revision: i,
      position: { commit: BigInt(i + 1), prepare: BigInt(i + 1) },
      occurredAt: at,
      timePrecision: 'instant',
      recordedAt: at,
      correlationId: id,
      causationId: id,
      actor: { kind: 'user', id: 'admin-1' },
      source: 'api',
    };
  });

describe('The read model of scoring models', () => {
  const events = told([
    { type: 'scoring-model.published', data: { model: { ...liveModel, version: 1_000 } } },
    { type: 'scoring-model.made-live', data: { version: 1_000, before: liveModel.version } },
    { type: 'scoring-model.made-live', data: { version: liveModel.version, before: 1_000 } },
    { type: 'scoring-model.retired', data: { version: 1_000 } },
  ]);

  it('says which were published, when each was live last, and which are no more, however events are batched', () => {
    const [at1, at2, at3, at4] = events.map(({ occurredAt }) => occurredAt);
    const [once, oneByOne] = [new MemoryReadModel(scoringModels), new MemoryReadModel(scoringModels)];
    once.apply(events);
    for (const event of events) oneByOne.apply([event]);
    expect(once.rows(scoringModelRows)).toMatchObject([
      {
        version: 1_000,
        published_at: at1,
        published_by: 'admin-1',
        published_position: 1n,
        live_position: 2n,
        live_at: at2,
        retired_at: at4,
      },
      { version: liveModel.version, published_at: null, live_position: 3n, live_at: at3, retired_at: null },
    ]);
    expect(once.rows(scoringSwitches)).toEqual([
      { position: 2n, version: 1_000, at: at2 },
      { position: 3n, version: liveModel.version, at: at3 },
    ]);
    expect(oneByOne.rows(scoringSwitches)).toEqual(once.rows(scoringSwitches));
    expect(oneByOne.rows(scoringModelRows)).toEqual(once.rows(scoringModelRows));
  });
});
