import { closed } from '#libs/event-fields';
import { err, ok, type Result } from '#libs/kernel';
import { Type, type Static } from 'typebox';
import { Errors } from 'typebox/value';
import { acts } from './acts.js';

/** Of a model's version. */
export const MAX_MODEL_VERSION = 1_000_000;

const DAYS = { minimum: 1, maximum: 3_650 };
const points = Type.Number({ minimum: 0, maximum: 1_000 });
const band = closed({ enter: points, leave: points });

/** The JSON form of a model. */
export const scoringModelSchema = closed({
  /** Grows with every change; a score names it. */
  version: Type.Integer({ minimum: 1, maximum: MAX_MODEL_VERSION }),
  /** Kinds of events that share a half-life and a cap, by name. */
  groups: Type.Record(
    Type.String({ pattern: '^[a-z][a-z_]{0,29}$' }),
    closed({
      /** Days after which a signal is worth half. */
      halfLifeDays: Type.Number(DAYS),
      /** The group never counts for more points than this. */
      cap: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100_000 })),
      /** Points of an event when it happens, by type. Types that aren't here count for nothing. */
      kinds: Type.Record(Type.String({ pattern: '^[a-z-]+\\.[a-z-]+$' }), points, { additionalProperties: false }),
    }),
    { minProperties: 1, maxProperties: 8, additionalProperties: false },
  ),
  /** An event is worth half for each earlier one of its kind within so many hours. */
  damping: Type.Optional(closed({ withinHours: Type.Number({ exclusiveMinimum: 0, maximum: 720 }) })),
  /** What share counts of an act of which a classifier couldn't say who did it; all of it unless given. */
  unknownFactor: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** A band is entered from `enter` points on, and left below `leave`, so that nobody flaps. */
  bands: closed({ hot: band, warm: band }),
  /** Without a signal for so long, whatever the score. */
  dormantAfterDays: Type.Number(DAYS),
});

/** How engagement becomes a number: weights, decay, damping, caps and bands. What was published is never edited. */
export type ScoringModel = Static<typeof scoringModelSchema>;

export interface ModelProblem {
  /** A JSON pointer. */
  readonly path: string;
  readonly message: string;
}

const contradictions = ({ groups, bands }: ScoringModel): ModelProblem[] => {
  const problems: ModelProblem[] = [];
  const groupOf = new Map<string, string>();
  for (const [name, { kinds }] of Object.entries(groups)) {
    // Sums are kept in objects by these names: `constructor` would be in each of them.
    if (name in Object.prototype)
      problems.push({
        path: `/groups/${name}`,
        message: 'must have another name: programs keep this one for themselves',
      });
    for (const type of Object.keys(kinds)) {
      const other = groupOf.get(type);
      if (other !== undefined)
        problems.push({ path: `/groups/${name}/kinds/${type}`, message: `is in group ${other} already` });
      groupOf.set(type, name);
      if (!acts.has(type))
        problems.push({ path: `/groups/${name}/kinds/${type}`, message: 'is no act of a person that counts' });
    }
  }
  for (const name of ['hot', 'warm'] as const) {
    if (bands[name].leave > bands[name].enter)
      problems.push({ path: `/bands/${name}/leave`, message: 'must not be more than enter' });
  }
  if (bands.warm.enter > bands.hot.leave)
    problems.push({ path: '/bands/warm/enter', message: 'must not be more than what hot is left at' });
  return problems;
};

/** A model from JSON, or everything that is wrong with it, and where. */
export const parseModel = (value: unknown): Result<ScoringModel, readonly ModelProblem[]> => {
  const faults = Errors(scoringModelSchema, value).map(({ instancePath, message }) => ({
    path: instancePath,
    message,
  }));
  if (faults.length > 0) return err(faults);
  const model = value as ScoringModel;
  const contradicting = contradictions(model);
  return contradicting.length > 0 ? err(contradicting) : ok(model);
};
