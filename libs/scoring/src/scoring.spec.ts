import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bandAt,
  bandHistory,
  bandOn,
  contribution,
  foretold,
  heatAt,
  levelAt,
  levelOf,
  lifetimePoints,
  models,
  noStanding,
  advance,
  comesNext,
  parseModel,
  scaleAt,
  scoresAt,
  scoreUnits,
  standingAfter,
  sumAt,
  termsOf,
  toPoints,
  toUnits,
  weightOf,
  whatIf,
  type Fact,
  type ScoringModel,
} from './index.js';

const DAY = 24 * 3_600_000;
const t0 = new Date('2026-01-01T00:00:00Z');
const later = (days: number): Date => new Date(t0.getTime() + days * DAY);
const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

const [model1, model2, model3] = models as [ScoringModel, ScoringModel, ScoringModel];
const types = ['email.opened', 'email.clicked', 'email.replied', 'event.attended', 'email.unsubscribed', 'note.added'];
const lives = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      day: fc.nat(400),
      hour: fc.nat(23),
      machine: fc.boolean(),
      verdict: fc.constantFrom(undefined, undefined, 'human', 'machine', 'unknown'),
    }),
    { maxLength: 30 },
  )
  .map((list): Fact[] =>
    list.map(({ type, day, hour, machine, verdict }, i) => ({
      id: String(i).padStart(4, '0'),
      type,
      at: new Date(t0.getTime() + day * DAY + hour * 3_600_000),
      agent: machine ? 'machine' : 'human',
      verdict: verdict && { verdict, classifierVersion: 1 },
    })),
  );
const anyModel = fc.constantFrom(model1, model2, model3);

describe('Decay', () => {
  it('halves a signal with every half-life, and counts nothing before it happened', () => {
    const { counted } = termsOf(model1, [{ id: '1', type: 'email.replied', at: t0 }]);
    const points = (days: number): string => toPoints(sumAt(model1, counted, later(days)).units);
    expect([-1, 0, 60, 120].map(points)).toEqual(['0.000000000', '25.000000000', '12.500000000', '6.250000000']);
  });

  it('never makes a larger sum worth less, and has a logarithm for databases to order by', () => {
    const sums = fc.tuple(fc.integer({ min: 1, max: 2 ** 31 }), fc.nat(400)).map(([m, e]) => BigInt(m) << BigInt(e));
    fc.assert(
      fc.property(sums, sums, fc.integer({ min: 1, max: 90 }), instants, (a, b, halfLife, at) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(heatAt(less, halfLife, at)).toBeLessThanOrEqual(heatAt(more, halfLife, at));
        expect(levelOf(less) ?? 0n).toBeLessThanOrEqual(levelOf(more) ?? 0n);
        const heat = heatAt(a, 90, at);
        expect(Math.abs(levelAt(levelOf(a) ?? 0n, 90, at) - heat)).toBeLessThanOrEqual(heat * 1e-11);
      }),
    );
    expect(levelOf(0n)).toBeNull();
  });

  it('keeps the order of stored sums at every later instant, and gives what they are worth then', () => {
    const signals = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 25 }), at: instants }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(signals, signals, (a, b) => {
        const at = new Date('2040-01-02');
        const heat = (list: typeof a): bigint => list.reduce((sum, s) => sum + contribution(s.weight, 60, s.at), 0n);
        const value = (list: typeof a): number =>
          list.reduce((sum, s) => sum + s.weight * 2 ** (-(at.getTime() - s.at.getTime()) / (60 * DAY)), 0);
        const [x, y] = [value(a), value(b)];
        expect(heatAt(heat(a), 60, at)).toBeCloseTo(x, 9);
        // Closer than doubles can tell: either order is right.
        fc.pre(Math.abs(x - y) > 1e-9 * Math.max(x, y));
        expect(heat(a) > heat(b)).toBe(x > y);
      }),
    );
  });

  it('has a scale by which a database makes points of sums that no double holds', () => {
    const at = fc.date({ min: new Date('1970-01-01'), max: new Date('2400-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_650 }),
        fc.integer({ min: 1, max: 10_000 }),
        at,
        (halfLife, points, instant) => {
          const { divisor, factor } = scaleAt(halfLife, instant);
          const heat = contribution(points, halfLife, instant);
          const scaled = (Number((heat << 60n) / divisor) / 2 ** 60) * factor;
          expect(Math.abs(scaled - heatAt(heat, halfLife, instant))).toBeLessThanOrEqual(points * 1e-11);
          expect(factor).toBeGreaterThanOrEqual(0.5);
          expect(factor).toBeLessThanOrEqual(1);
        },
      ),
    );
    // PostgreSQL's numbers end at 131,072 digits, and dates don't.
    for (const instant of ['0001-01-01', '9999-12-31']) {
      const { divisor, factor } = scaleAt(1, new Date(instant));
      expect(divisor.toString().length).toBeLessThan(131_072);
      expect(factor).toBeLessThanOrEqual(1);
    }
  });

  it('adds up to the same sum in any order', () => {
    const signals = fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), instants), { maxLength: 30 });
    const sum = (list: readonly (readonly [number, Date])[]): bigint =>
      list.reduce((total, [w, at]) => total + contribution(w, 60, at), 0n);
    fc.assert(fc.property(signals, (list) => expect(sum(list.toReversed())).toBe(sum(list))));
  });
});

describe('Weights', () => {
  it('count acts of people, not of machines, and flags not at all', () => {
    expect(weightOf(model1, { type: 'email.clicked', agent: 'human' })).toEqual({
      points: 8,
      factor: 1,
      group: 'all',
    });
    expect(weightOf(model1, { type: 'email.clicked', agent: 'machine' })).toEqual({ points: 0, leftOut: 'machine' });
    expect(weightOf(model1, { type: 'call.made', outcome: 'voicemail' })).toEqual({ points: 0, leftOut: 'no-answer' });
    expect(weightOf(model1, { type: 'email.unsubscribed' })).toEqual({ points: 0, leftOut: 'flag-not-a-term' });
    expect(weightOf(model1, { type: 'email.replied', unsubscribes: true })).toEqual({
      points: 0,
      leftOut: 'flag-not-a-term',
    });
    expect(weightOf(model1, { type: 'email.replied', unsubscribes: false })).toMatchObject({ points: 25 });
    expect(weightOf(model1, { type: 'email.sent' })).toEqual({ points: 0, leftOut: 'not-an-act-of-the-person' });
    expect(weightOf(model1, { type: 'content.viewed' })).toEqual({ points: 0, leftOut: 'no-weight' });
  });
});

describe('Verdicts', () => {
  const click = (agent: 'human' | 'machine', verdict?: 'human' | 'machine' | 'unknown') => ({
    type: 'email.clicked',
    agent,
    ...(verdict ? { verdict: { verdict, classifierVersion: 1 } } : {}),
  });

  it('overrule what was reported', () => {
    expect(weightOf(model2, click('human', 'machine'))).toEqual({ points: 0, leftOut: 'machine' });
    expect(weightOf(model2, click('machine', 'human'))).toEqual({ points: 8, factor: 1, group: 'reading' });
  });

  it('that nobody knows count as the model says', () => {
    expect(weightOf(model2, click('human', 'unknown'))).toMatchObject({ points: 8, factor: 1 });
    expect(weightOf(model3, click('human', 'unknown'))).toMatchObject({ points: 8, factor: 0.5 });
    const none = { ...model3, unknownFactor: 0 };
    expect(weightOf(none, click('human', 'unknown'))).toEqual({ points: 0, leftOut: 'no-weight' });
  });
});

describe('A score', () => {
  it('is the sum of its terms and adjustments to the last digit, in any order of the facts', () => {
    fc.assert(
      fc.property(anyModel, lives, fc.nat(600), (model, facts, day) => {
        const at = later(day);
        const { counted, leftOut } = termsOf(model, facts);
        const sum = sumAt(model, counted, at);
        const parts = [...sum.terms, ...sum.caps].reduce((total, { units }) => total + units, 0n);
        expect(parts).toBe(sum.units);
        expect(counted.length + leftOut.length).toBe(facts.length);
        expect(sumAt(model, termsOf(model, facts.toReversed()).counted, at).units).toBe(sum.units);
      }),
    );
  });

  it('is the same at several instants in one go', () => {
    fc.assert(
      fc.property(anyModel, lives, fc.array(fc.nat(600), { maxLength: 5 }), (model, facts, days) => {
        const inOrder = days.toSorted((a, b) => a - b).map(later);
        const { counted } = termsOf(model, facts);
        expect(scoresAt(model, counted, inOrder)).toEqual(inOrder.map((at) => sumAt(model, counted, at).units));
      }),
    );
  });

  it('leaves no trace of an act that turns out to be a machine’s', () => {
    fc.assert(
      fc.property(anyModel, lives, fc.nat(), fc.nat(600), (model, facts, which, day) => {
        fc.pre(facts.length > 0);
        const verdict = { verdict: 'machine', classifierVersion: 2 } as const;
        const judged = facts.map((fact, i) => (i === which % facts.length ? { ...fact, verdict } : fact));
        const without = facts.filter((_, i) => i !== which % facts.length);
        const seen = (list: readonly Fact[]) => {
          const { counted } = termsOf(model, list);
          return { units: sumAt(model, counted, later(day)).units, counted, changes: bandHistory(model, counted) };
        };
        expect(seen(judged)).toEqual(seen(without));
        expect(standingAfter(model, judged)).toEqual(standingAfter(model, without));
      }),
    );
  });

  it('halves what is repeated within a day, and counts no more than the cap of a group', () => {
    const clicks = (n: number, apart: number): Fact[] =>
      Array.from({ length: n }, (_, i) => ({
        id: String(i),
        type: 'email.clicked',
        at: later(i * apart),
        agent: 'human' as const,
      }));
    expect(termsOf(model2, clicks(3, 0.1)).counted.map(({ points }) => points)).toEqual([8, 4, 2]);
    expect(termsOf(model2, clicks(3, 1)).counted.map(({ points }) => points)).toEqual([8, 8, 8]);
    expect(termsOf(model1, clicks(3, 0.1)).counted.map(({ points }) => points)).toEqual([8, 8, 8]);
    const many = termsOf(model2, clicks(30, 1)).counted;
    const capped = sumAt(model2, many, later(29));
    expect(toPoints(capped.units)).toBe('40.000000000');
    expect(capped.caps).toMatchObject([{ group: 'reading', cap: 40 }]);
    expect(lifetimePoints(many, later(29))).toBe(240);
  });
});

describe('Bands', () => {
  it('are entered at one threshold and left at another', () => {
    const replies = [0, 2, 4].map((day): Fact => ({ id: String(day), type: 'email.replied', at: later(day) }));
    const changes = bandHistory(model2, termsOf(model2, replies).counted);
    expect(changes.map(({ band }) => band)).toEqual(['warm', 'hot', 'warm', 'cold', 'dormant']);
    const score = (at: Date): bigint => sumAt(model2, termsOf(model2, replies).counted, at).units;
    const left = changes[2]?.at ?? t0;
    expect(score(left)).toBeLessThan(toUnits(50));
    expect(score(new Date(left.getTime() - 1))).toBeGreaterThanOrEqual(toUnits(50));
    expect(changes.at(-1)?.at).toEqual(later(184));
  });

  it('say what one more event would change', () => {
    const replied: Fact[] = [{ id: '1', type: 'email.replied', at: t0 }];
    const [first] = whatIf(model2, replied, t0);
    // A second reply on the same day counts half.
    expect(first).toEqual({ type: 'application.submitted', score: '45.000000000', band: 'warm' });
  });

  it('say the same of one more event as if it had happened', () => {
    fc.assert(
      fc.property(anyModel, lives, fc.nat(500), (model, all, day) => {
        const at = later(day);
        const facts = all.filter((fact) => fact.at <= at);
        for (const { type, score, band } of whatIf(model, facts, at)) {
          const outcome = type === 'call.made' ? { outcome: 'answered' } : {};
          const { counted } = termsOf(model, [...facts, { id: '~', type, at, agent: 'human', ...outcome }]);
          expect(score).toBe(toPoints(sumAt(model, counted, at).units));
          expect(band).toBe(bandAt(model, counted, at).band);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are nothing centuries before anything can have happened', () => {
    for (const year of ['0001', '1582', '1799', '1843']) {
      const at = new Date(`${year}-01-01T00:00:00Z`);
      for (const { score } of whatIf(model2, [], at)) expect(score).toBe('0.000000000');
    }
  });
});

describe('A standing', () => {
  const histories = fc.tuple(anyModel, lives, fc.nat(1_000));

  it('gives the score and the band of its history at every instant from the last signal on', () => {
    fc.assert(
      fc.property(histories, ([model, facts, hours]) => {
        const { heats, schedule, lastSignalAt, signals } = standingAfter(model, facts);
        const { counted } = termsOf(model, facts);
        expect(signals).toBe(counted.length);
        expect(lastSignalAt).toEqual(counted.at(-1)?.fact.at ?? null);
        for (const at of [0, 1, hours, 24 * hours].map(
          (h) => new Date((lastSignalAt ?? t0).getTime() + h * 3_600_000),
        )) {
          expect(scoreUnits(model, heats, at)).toBe(sumAt(model, counted, at).units);
          expect(bandOn(schedule, at)).toBe(bandAt(model, counted, at).band);
        }
      }),
    );
  });

  it('is gone on with from anywhere by what comes next', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...types), ([model, facts, hours], type) => {
        const standing = standingAfter(model, facts);
        const at = new Date((standing.lastSignalAt ?? t0).getTime() + 1 + hours * 3_600_000);
        const fact: Fact = { id: 'next', type, at };
        expect(comesNext(standing, at)).toBe(true);
        expect(advance(model, standing, fact)).toEqual(standingAfter(model, [...facts, fact]));
      }),
    );
    expect(comesNext(noStanding, t0)).toBe(true);
  });

  it('holds a fall to the millisecond', () => {
    const replies = [0, 2, 4].map((day): Fact => ({ id: String(day), type: 'email.replied', at: later(day) }));
    const { heats, schedule } = standingAfter(model2, replies);
    const { hotUntil, warmUntil } = schedule;
    for (const [until, threshold] of [
      [hotUntil, 50],
      [warmUntil, 20],
    ] as const) {
      const at = until ?? t0;
      expect(scoreUnits(model2, heats, at)).toBeLessThan(toUnits(threshold));
      expect(scoreUnits(model2, heats, new Date(at.getTime() - 1))).toBeGreaterThanOrEqual(toUnits(threshold));
    }
  });
});

describe('A model', () => {
  it('that was published is one', () => {
    for (const model of models)
      expect(parseModel(JSON.parse(JSON.stringify(model)))).toEqual({ ok: true, value: model });
  });

  it('that is none is refused with what is wrong and where', () => {
    const wrong = { ...model2, bands: { ...model2.bands, hot: { enter: 50, leave: 60 } } };
    expect(parseModel(wrong)).toMatchObject({ ok: false, error: [{ path: '/bands/hot/leave' }] });
    const twice = {
      ...model2,
      groups: {
        a: { halfLifeDays: 1, kinds: { 'email.opened': 1 } },
        b: { halfLifeDays: 2, kinds: { 'email.opened': 1 } },
      },
    };
    expect(parseModel(twice)).toMatchObject({ ok: false, error: [{ path: '/groups/b/kinds/email.opened' }] });
    expect(parseModel({ ...model2, groups: { a: { halfLifeDays: 0, kinds: {} } } })).toMatchObject({
      ok: false,
      error: [{ path: '/groups/a/halfLifeDays' }],
    });
    expect(parseModel(null).ok).toBe(false);
    for (const odd of [[{}, {}], null, { halfLifeDays: 3, kinds: {} }])
      expect(parseModel({ ...model2, groups: { ...model2.groups, $where: odd } })).toMatchObject({
        ok: false,
        error: [{ path: '/groups/$where' }, { path: '/groups' }],
      });
    expect(
      parseModel({ ...model2, groups: { constructor: { halfLifeDays: 3, kinds: { 'email.opened': 1 } } } }),
    ).toMatchObject({
      ok: false,
      error: [{ path: '/groups/constructor', message: expect.stringMatching(/^must have another name/) }],
    });
    expect(parseModel({ ...model2, groups: { a: { halfLifeDays: 3, kinds: { Opened: 1 } } } })).toMatchObject({
      ok: false,
      error: [{ path: '/groups/a/kinds/Opened' }, { path: '/groups/a/kinds' }],
    });
  });
});

describe('A back-test', () => {
  it('tells a ranking that foretells from one that does not', () => {
    const people = Array.from({ length: 100 }, (_, i) => ({ score: i, came: i >= 90 }));
    expect(foretold(people)).toMatchObject({ people: 100, came: 10, auc: 1, topDecileLift: 10 });
    expect(foretold(people.map(({ came }) => ({ score: 1, came })))).toMatchObject({ auc: 0.5 });
    expect(foretold(people.map(({ score, came }) => ({ score: -score, came })))).toMatchObject({
      auc: 0,
      topDecileLift: 0,
    });
    expect(foretold([])).toEqual({ people: 0, came: 0, auc: undefined, topDecileLift: undefined, deciles: [] });
  });

  it('counts pairs', () => {
    const outcomes = fc.array(fc.record({ score: fc.nat(5), came: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(outcomes, (list) => {
        const pairs = list.flatMap((a) =>
          list.flatMap((b) => (a.came && !b.came ? [a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0] : [])),
        );
        const expected =
          pairs.length === 0 ? undefined : pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
        const { auc } = foretold(list);
        if (expected === undefined) expect(auc).toBeUndefined();
        else expect(auc).toBeCloseTo(expected, 9);
      }),
    );
  });
});
