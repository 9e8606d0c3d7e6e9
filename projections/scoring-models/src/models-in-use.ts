import { comesWithProgram, liveModel, models, type ScoringModel } from '#libs/scoring';
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

/** How far in the log the rows by a model are. */
export type Reached = (version: number) => bigint;

/** What was made live, and when in the log. */
interface Turn {
  /** Of the model that there are rows by: of those that come with a program, that's this program's. */
  readonly version: number;
  readonly publishedPosition: bigint | null;
  readonly livePosition: bigint;
}

/** The last one first. Retired ones too: one stands in until what was made live after it is whole. */
const byTurn = (published: readonly PublishedModel[]): readonly Turn[] =>
  published
    .flatMap(({ version, publishedPosition, livePosition }) =>
      livePosition === null
        ? []
        : [{ version: comesWithProgram(version) ? liveModel.version : version, publishedPosition, livePosition }],
    )
    .toSorted((a, b) => (a.livePosition < b.livePosition ? 1 : -1));

const isAsFar = (reached: Reached, version: number, position: bigint | null): boolean =>
  position === null || reached(version) >= position;

/** Whether everybody has a row by a model that was published. */
export const isWhole = ({ version, publishedPosition }: PublishedModel, reached: Reached): boolean =>
  isAsFar(reached, version, publishedPosition);

/** The last one that was made live of those whose rows are whole: live as soon as they are as far as the switch. */
export const nextLive = (published: readonly PublishedModel[], reached: Reached): number =>
  byTurn(published).find(({ version, publishedPosition }) => isAsFar(reached, version, publishedPosition))?.version ??
  liveModel.version;

/** Every model that there is or was, by version: those that came with the program, then those that were published. */
export const modelsInUse = (published: readonly PublishedModel[], reached: Reached): readonly ModelInUse[] => {
  // The built-in one's rows are always there, so it's what remains.
  const live =
    byTurn(published).find(({ version, livePosition }) => isAsFar(reached, version, livePosition))?.version ??
    liveModel.version;
  const stateOf = (version: number, row: PublishedModel | undefined): ModelState => {
    if (version === live) return 'live';
    if (version === liveModel.version) return 'shadow';
    if (!row || row.publishedAt === null || row.retiredAt !== null) return 'retired';
    return isWhole(row, reached) ? 'shadow' : 'building';
  };
  const shipped = models
    .map((model) => ({ model, row: published.find(({ version }) => version === model.version) }))
    .map(({ model, row }) => ({ model, state: stateOf(model.version, row), published: row }));
  const others = published
    .filter(({ version }) => !models.some((model) => model.version === version))
    .map((row) => ({ model: row.model, state: stateOf(row.version, row), published: row }));
  return [...shipped, ...others];
};
