import type { SqlExecutor } from '#libs/read-store';
import { liveModel } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import { everPublished, scoredByPublishedModels } from './published-scoring.js';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minutes));

interface Row {
  readonly version: number;
  readonly published: string | null;
  readonly live?: string;
  readonly retired?: Date;
}

/** A database with these models, and rows that are as far in the log as said. */
const databaseOf = (rows: readonly Row[], reached: Readonly<Record<string, string>>): SqlExecutor => ({
  query: (text: string) => {
    if (text.includes('to_regclass')) return Promise.resolve([{ there: true }] as never);
    const found = text.includes('projection_checkpoints')
      ? Object.entries(reached).map(([projection, commit]) => ({
          projection,
          generation: 'live',
          commit,
          prepare: commit,
          reason_commit: null,
          reason_prepare: null,
          skipped_commit: null,
          skipped_prepare: null,
        }))
      : rows.map(({ version, published, live, retired }) => ({
          version,
          model: { ...liveModel, version },
          published_at: published === null ? null : at(0),
          published_position: published,
          live_position: live ?? null,
          live_at: live === undefined ? null : at(0),
          retired_at: retired ?? null,
        }));
    return Promise.resolve(found as never);
  },
});

const namesIn = async (further: ReturnType<typeof scoredByPublishedModels>, now: Date) => {
  const { projections, gone } = await further(now);
  return { kept: projections.map(({ name }) => name), gone };
};

describe('Scoring everybody by published models', () => {
  const retired = { version: 1_000, published: '5', live: '10', retired: at(0) };

  it('goes on for ten minutes after a model was retired', async () => {
    const further = scoredByPublishedModels(databaseOf([retired], { 'engagement-m1000': '4' }));
    expect(await namesIn(further, at(1))).toEqual({ kept: [], gone: ['engagement-m1000'] });
    const whole = scoredByPublishedModels(
      databaseOf([retired, { version: 2, published: null, live: '20' }], {
        'engagement-m1000': '30',
        engagement: '30',
      }),
    );
    expect(await namesIn(whole, at(9))).toEqual({ kept: ['engagement-m1000'], gone: [] });
    expect(await namesIn(whole, at(11))).toEqual({ kept: [], gone: ['engagement-m1000'] });
  });

  it('goes on by a retired model that stands in for one whose rows are being made, and for ten minutes after that', async () => {
    const reached: Record<string, string> = { 'engagement-m1000': '30', 'engagement-m1001': '3' };
    const next = { version: 1_001, published: '12', live: '20' };
    const further = scoredByPublishedModels(databaseOf([retired, next], reached));
    const both = { kept: ['engagement-m1000', 'engagement-m1001'], gone: [] };
    expect(await namesIn(further, at(60))).toEqual(both);
    reached['engagement-m1001'] = '30';
    expect(await namesIn(further, at(69))).toEqual(both);
    expect(await namesIn(further, at(71))).toEqual({ kept: ['engagement-m1001'], gone: ['engagement-m1000'] });
  });

  it('makes no rows by models that came with a release', async () => {
    const sql = databaseOf([{ version: 1, published: null, live: '20' }], {});
    expect(await namesIn(scoredByPublishedModels(sql), at(60))).toEqual({ kept: [], gone: [] });
    expect(await everPublished(sql)).toEqual([]);
  });
});
