import { liveModel, models, type ScoringModel } from '#libs/scoring';
import type { PublishedModel } from './published-models.query.js';

/** `shadow`: scored beside the live one. `building`: published, and the rows by it aren't whole yet. */
export const modelStates = ['live', 'shadow', 'building', 'retired'] as const;
export type ModelState = (typeof modelStates)[number];

/** A model, and what is done with it now. */
export interface ModelInUse {
  readonly model: ScoringModel;
  readonly state: ModelState;
  /** Undefined for one that only came with the program. */
  readonly published?: PublishedModel | undefined;
}

/** Those that were made live, the last one first. */
export const byTurn = (published: readonly PublishedModel[]): readonly PublishedModel[] =>
  published
    .filter(({ livePosition, retiredAt }) => livePosition !== null && retiredAt === null)
    .toSorted((a, b) => ((a.livePosition ?? 0n) < (b.livePosition ?? 0n) ? 1 : -1));

/**
 * Every model that there is or was, by version: those that came with the program, then those that were published.
 * @param reached how far in the log the rows by a model are
 */
export const modelsInUse = (
  published: readonly PublishedModel[],
  reached: (version: number) => bigint,
): readonly ModelInUse[] => {
  const isThere = (version: number, position: bigint | null): boolean =>
    position === null || reached(version) >= position;
  // The built-in one's rows are always there, so it's what remains.
  const live =
    byTurn(published).find(({ version, livePosition }) => isThere(version, livePosition))?.version ?? liveModel.version;
  const stateOf = (version: number, row: PublishedModel | undefined): ModelState => {
    if (version === live) return 'live';
    if (version === liveModel.version) return 'shadow';
    if (!row || row.publishedAt === null || row.retiredAt !== null) return 'retired';
    return isThere(version, row.publishedPosition) ? 'shadow' : 'building';
  };
  const shipped = models
    .map((model) => ({ model, row: published.find(({ version }) => version === model.version) }))
    .map(({ model, row }) => ({ model, state: stateOf(model.version, row), published: row }));
  const others = published
    .filter(({ version }) => !models.some((model) => model.version === version))
    .map((row) => ({ model: row.model, state: stateOf(row.version, row), published: row }));
  return [...shipped, ...others];
};
