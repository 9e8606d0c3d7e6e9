import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bandAt,
  bandHistory,
  bandOn,
  models,
  standingAfter,
  sumAt,
  termsOf,
  toUnits,
  type Band,
  type BandChange,
  type Fact,
  type ScoringModel,
  type Term,
} from './index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const t0 = Date.UTC(2026, 0, 1);
/** Of the walk. What falls in between is looked at to the millisecond. */
const STEP = 6 * HOUR;

const [model1, model2] = models as [ScoringModel, ScoringModel];
const replied = (days: number): Fact => ({
  id: days.toFixed(3).padStart(8, '0'),
  type: 'email.replied',
  at: new Date(t0 + days * DAY),
});
const shared = (days: number): Fact => ({ ...replied(days), type: 'content.shared' });

/** The score by its definition, in doubles: each group rounded to a billionth of a point and cut off at its cap. */
const points = ({ groups }: ScoringModel, happened: readonly Term[], at: number): number => {
  let score = 0;
  for (const [name, { halfLifeDays, cap = Infinity }] of Object.entries(groups)) {
    let sum = 0;
    for (const term of happened)
      if (term.group === name) sum += term.points * 2 ** ((term.fact.at.getTime() - at) / (halfLifeDays * DAY));
    score += Math.min(cap, Math.round(sum * 1e9) / 1e9);
  }
  return score;
};

interface Step {
  readonly at: number;
  readonly band: Band;
  /** Whether a signal came that's too small to enter the band by. */
  readonly kept: boolean;
}

/** The rule as it's written: a band is entered by a signal from `enter` points on, and left below `leave`. */
const walk = (model: ScoringModel, counted: readonly Term[]): readonly Step[] => {
  const { hot, warm } = model.bands;
  const signals = counted.map(({ fact }) => fact.at.getTime());
  const [first, last] = [signals[0] ?? t0, signals.at(-1) ?? t0];
  const grid = Array.from(
    { length: Math.ceil((last - first) / STEP) + (model.dormantAfterDays * DAY) / STEP + 1 },
    (_, i) => first + i * STEP,
  );
  const instants = [...new Set([...grid, ...signals.flatMap((at) => [at - 1, at])])].sort((a, b) => a - b);
  let band: Band = 'dormant';
  let count = 0;
  return instants.map((at) => {
    const before = count;
    while ((signals[count] ?? Infinity) <= at) count++;
    const score = points(model, counted.slice(0, count), at);
    const since = at - (signals[count - 1] ?? -Infinity);
    if (count > before) {
      // Whoever was dormant begins anew.
      if (score >= hot.enter) band = 'hot';
      else if (band !== 'hot' && score >= warm.enter) band = 'warm';
      else if (band === 'dormant') band = 'cold';
    } else if (since >= model.dormantAfterDays * DAY) band = 'dormant';
    if (band === 'hot' && score < hot.leave) band = 'warm';
    if (band === 'warm' && score < warm.leave) band = 'cold';
    const enter = band === 'hot' ? hot.enter : band === 'warm' ? warm.enter : 0;
    return { at, band, kept: count > before && score < enter };
  });
};

const bandOf = (changes: readonly BandChange[], at: number): Band =>
  changes.findLast((change) => change.at.getTime() <= at)?.band ?? 'dormant';

/** Hot's and warm's, each to enter and to leave: most lie apart, so that scores are often between them. */
const thresholds = [
  [60, 30, 25, 8],
  [40, 15, 12, 4],
  [75, 45, 45, 10],
  [60, 50, 20, 20],
  [60, 60, 60, 60],
] as const;
const banded = fc
  .record({
    model: fc.constantFrom(model1, model2),
    from: fc.constantFrom(...thresholds),
    dormantAfterDays: fc.constantFrom(20, 60, 180),
  })
  .map(({ model, from: [hot, hotLeft, warm, warmLeft], dormantAfterDays }): ScoringModel => {
    const bands = { hot: { enter: hot, leave: hotLeft }, warm: { enter: warm, leave: warmLeft } };
    return { ...model, bands, dormantAfterDays };
  });

/** Some say much in the beginning, and then little by little: scores rise, and are kept between the thresholds. */
const histories = fc
  .tuple(
    fc.array(fc.nat(12), { minLength: 1, maxLength: 6, size: 'max' }),
    fc.array(
      fc.record({
        days: fc.integer({ min: 10, max: 250 }),
        minute: fc.nat(24 * 60),
        type: fc.constantFrom('email.opened', 'email.clicked', 'content.shared', 'email.replied'),
      }),
      { minLength: 8, maxLength: 24, size: 'max' },
    ),
  )
  .map(([first, then]): Fact[] =>
    [...first.map((days) => ({ days, minute: 0, type: 'event.attended' })), ...then].map(
      ({ days, minute, type }, i) => ({
        id: String(i).padStart(4, '0'),
        type,
        at: new Date(t0 + days * DAY + minute * 60_000),
      }),
    ),
  );

describe('Bands over time', () => {
  it('are those of a walk in small steps, and from signal to signal, by the rule', () => {
    let kept = 0;
    fc.assert(
      fc.property(banded, histories, (model, facts) => {
        const { counted } = termsOf(model, facts);
        const changes = bandHistory(model, counted);
        const steps = walk(model, counted);
        const told = steps.map(({ at }) => ({ at, band: bandOf(changes, at) }));
        // One line for a difference, not thousands.
        expect(told.filter(({ band }, i) => band !== steps[i]?.band)[0]).toBeUndefined();
        const { schedule, lastSignalAt } = standingAfter(model, facts);
        const end = steps.filter(({ at }) => at >= (lastSignalAt?.getTime() ?? 0));
        expect(end.filter(({ at, band }) => bandOn(schedule, new Date(at)) !== band)[0]).toBeUndefined();
        kept += steps.filter((step) => step.kept).length;
      }),
      { numRuns: 60 },
    );
    // It's what the rule is for.
    expect(kept).toBeGreaterThan(10);
  });

  it('change to the millisecond: up when a signal comes, down when the score falls below', () => {
    fc.assert(
      fc.property(banded, histories, (model, facts) => {
        const { counted } = termsOf(model, facts);
        const changes = bandHistory(model, counted);
        const signals = new Set(counted.map(({ fact }) => fact.at.getTime()));
        const units = (at: number): bigint => sumAt(model, counted, new Date(at)).units;
        let from: Band = 'dormant';
        for (const { at: when, band } of changes) {
          const at = when.getTime();
          expect(band).not.toBe(from);
          const left = from === 'hot' || from === 'warm' ? toUnits(model.bands[from].leave) : 0n;
          if (band === 'hot') expect(signals.has(at) && units(at) >= toUnits(model.bands.hot.enter)).toBe(true);
          else if (band === 'dormant') {
            const last = Math.max(...[...signals].filter((signal) => signal < at));
            expect(at - last).toBe(model.dormantAfterDays * DAY);
          } else if (!signals.has(at)) expect(units(at) < left && units(at - 1) >= left).toBe(true);
          const { band: now, since, next } = bandAt(model, counted, when);
          if (bandOf(changes, at) === band) expect({ now, since }).toEqual({ now: band, since: when });
          if (next) expect(next.at.getTime()).toBeGreaterThan(at);
          from = band;
        }
      }),
    );
  });

  it('are kept between the two thresholds: hot on the way down, and not on the way up', () => {
    const [up, down] = [
      [replied(0), replied(2), shared(10)],
      [replied(0), replied(2), replied(4), shared(45)],
    ];
    const at = (facts: readonly Fact[]): { band: Band; score: number } => {
      const { counted } = termsOf(model2, facts);
      const last = facts.at(-1)?.at ?? new Date(t0);
      return { band: bandAt(model2, counted, last).band, score: Number(sumAt(model2, counted, last).units) / 1e9 };
    };
    for (const [facts, band] of [
      [up, 'warm'],
      [down, 'hot'],
    ] as const) {
      const found = at(facts);
      expect(found.band).toBe(band);
      expect(found.score).toBeGreaterThan(model2.bands.hot.leave);
      expect(found.score).toBeLessThan(model2.bands.hot.enter);
    }
  });
});
