import { liveModel } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import { modelsInUse, nextLive, type ModelState, type Reached } from './models-in-use.js';
import type { PublishedModel } from './published-models.query.js';

const at = new Date('2026-01-01T00:00:00Z');
const published = (
  version: number,
  publishedPosition: bigint,
  { live = null, retired = false }: { live?: bigint | null; retired?: boolean } = {},
): PublishedModel => ({
  version,
  model: { ...liveModel, version },
  publishedAt: at,
  publishedBy: 'admin-1',
  publishedPosition,
  livePosition: live,
  liveAt: live === null ? null : at,
  retiredAt: retired ? at : null,
});
/** One that came with a program, and was made live by a request. */
const builtIn = (version: number, live: bigint): PublishedModel => ({
  ...published(version, 0n, { live }),
  publishedAt: null,
  publishedBy: null,
  publishedPosition: null,
});

const everything: Reached = () => 1_000n;
const reaching =
  (positions: Readonly<Record<number, bigint>>): Reached =>
  (version) =>
    positions[version] ?? 1_000n;
const states = (all: readonly PublishedModel[], reached: Reached): Record<number, ModelState> =>
  Object.fromEntries(modelsInUse(all, reached).map(({ model, state }) => [model.version, state]));

describe('Scoring models in use', () => {
  it('are live once the rows by them are as far as the switch, and the one before until then', () => {
    const all = [published(1_000, 5n, { live: 10n }), published(1_001, 20n, { live: 30n })];
    expect(states(all, reaching({ 1_001: 19n }))).toMatchObject({ 1_000: 'live', 1_001: 'building' });
    expect(states(all, reaching({ 1_001: 29n }))).toMatchObject({ 1_000: 'live', 1_001: 'shadow' });
    expect(states(all, reaching({ 1_001: 30n }))).toMatchObject({ 1_000: 'shadow', 1_001: 'live' });
  });

  it('are waited for from when their rows are whole', () => {
    const all = [published(1_000, 5n, { live: 10n }), published(1_001, 20n, { live: 30n })];
    expect(nextLive(all, reaching({ 1_001: 19n }))).toBe(1_000);
    expect(nextLive(all, reaching({ 1_001: 20n }))).toBe(1_001);
    expect(nextLive(all, reaching({ 1_000: 0n, 1_001: 0n }))).toBe(liveModel.version);
    expect(nextLive([], everything)).toBe(liveModel.version);
  });

  it('stand in, retired or not, until what was made live after them is whole', () => {
    const all = [published(1_000, 5n, { live: 10n, retired: true }), published(1_001, 20n, { live: 30n })];
    expect(states(all, reaching({ 1_001: 0n }))).toMatchObject({
      [liveModel.version]: 'shadow',
      1_000: 'live',
      1_001: 'building',
    });
    expect(nextLive(all, reaching({ 1_001: 0n }))).toBe(1_000);
    expect(states(all, everything)).toMatchObject({ 1_000: 'retired', 1_001: 'live' });
    // Its rows are gone: what comes with the program remains.
    expect(states(all, reaching({ 1_000: 0n, 1_001: 0n }))).toMatchObject({
      [liveModel.version]: 'live',
      1_000: 'retired',
    });
  });

  it('are what comes with the program where that was made live again, also by a release with another one', () => {
    for (const version of [liveModel.version, 1]) {
      const all = [builtIn(version, 20n), published(1_000, 5n, { live: 10n })];
      expect(states(all, everything)).toMatchObject({ 1: 'retired', [liveModel.version]: 'live', 1_000: 'shadow' });
      expect(nextLive(all, everything)).toBe(liveModel.version);
    }
  });
});
