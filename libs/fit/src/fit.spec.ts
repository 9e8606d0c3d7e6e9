import { normalise, unknownSince, type PersonHistory } from '#libs/criteria';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explainFit, fitOf, isBetter } from './fit.js';
import { fitGrades, mostPoints, type FitModel } from './model/fit-model.js';
import { parseFitModel } from './model/parse-fit-model.js';
import { variations, waysUp } from './variations.js';

const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'] as const;

const modelsWithMet = fc
  .array(fc.record({ points: fc.integer({ min: 1, max: 1_000 }), must: fc.boolean(), met: fc.boolean() }), {
    minLength: 1,
    maxLength: words.length,
  })
  .filter((rules) => rules.reduce((sum, { points }) => sum + points, 0) >= 3)
  .chain((rules) => {
    const most = rules.reduce((sum, { points }) => sum + points, 0);
    return fc
      .uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 3, maxLength: 3 })
      .map((thresholds) => thresholds.toSorted((a, b) => b - a))
      .map(([A = 3, B = 2, C = 1]) => ({
        model: {
          name: 'any',
          version: 1,
          title: 'Anybody',
          rules: rules.map(({ points, must }, n) => ({
            label: words[n] ?? '',
            points,
            must,
            where: { attribute: 'skills' as const, is: [words[n] ?? ''] },
          })),
          grades: { A, B, C },
        } satisfies FitModel,
        met: rules.map((rule) => rule.met),
      }));
  });

const NOW = Date.UTC(2026, 2, 1);
/** Somebody who meets just these rules, since a day ago. */
const historyOf = (met: readonly boolean[]): PersonHistory => ({
  ...unknownSince(NOW - 1e9),
  words: { skills: [{ at: NOW - 86_400_000, value: words.filter((_, n) => met[n]).map(normalise) }] },
});

describe('Fit', () => {
  it('is explained by rules whose values add up to the score, for any model and anybody', () => {
    fc.assert(
      fc.property(modelsWithMet, ({ model, met }) => {
        expect(parseFitModel(model)).toMatchObject({ ok: true });
        const explained = explainFit(model, historyOf(met), NOW);
        expect(explained).toMatchObject(fitOf(model, met));
        expect(explained?.rules.map((rule) => rule.met)).toEqual(met);
        expect(explained?.rules.reduce((sum, { value }) => sum + value, 0)).toBe(explained?.score);
        expect(explained?.most).toBe(mostPoints(model));
      }),
    );
  });

  it('never gets worse where one more rule is met, nor where there are more points', () => {
    fc.assert(
      fc.property(modelsWithMet, ({ model, met }) => {
        const before = fitOf(model, met);
        for (const { met: now, score, grade } of variations(model, met)) {
          const [better, worse] = now ? [{ score, grade }, before] : [before, { score, grade }];
          expect(better.score).toBeGreaterThan(worse.score);
          expect(isBetter(worse.grade, better.grade)).toBe(false);
        }
      }),
    );
  });

  it('says for each better grade which rules lead to it, as few as do', () => {
    const chosen = (model: FitModel, met: readonly boolean[], labels: readonly string[]): boolean[] =>
      met.map((one, n) => one || labels.includes(model.rules[n]?.label ?? ''));
    const subsets = (of: readonly string[]): string[][] =>
      of.reduce<string[][]>((all, one) => [...all, ...all.map((some) => [...some, one])], [[]]);
    fc.assert(
      fc.property(modelsWithMet, ({ model, met }) => {
        const present = fitOf(model, met);
        const ways = waysUp(model, met);
        expect(ways.map(({ grade }) => grade)).toEqual(
          fitGrades.filter((grade) => isBetter(grade, present.grade)).toReversed(),
        );
        const unmet = model.rules.filter((_, n) => !met[n]).map(({ label }) => label);
        for (const { grade, labels, missingPoints } of ways) {
          const reaches = (some: readonly string[]): boolean =>
            !isBetter(grade, fitOf(model, chosen(model, met, some)).grade);
          expect(reaches(labels)).toBe(true);
          const fewest = Math.min(
            ...subsets(unmet)
              .filter(reaches)
              .map(({ length }) => length),
          );
          expect(labels).toHaveLength(fewest);
          expect(present.score + missingPoints >= model.grades[grade as 'A']).toBe(true);
        }
      }),
    );
  });

  it('is D for whoever lacks what they must have, whatever their points', () => {
    const rules = words.slice(0, 2).map((word, n) => ({
      label: word,
      points: 50,
      must: n === 1,
      where: { attribute: 'skills' as const, is: [word] },
    }));
    const model: FitModel = { name: 'any', version: 1, title: 'Any', rules, grades: { A: 100, B: 50, C: 10 } };
    expect(fitOf(model, [true, false])).toEqual({ score: 50, grade: 'D', lacksMust: true });
    expect(fitOf(model, [false, true])).toEqual({ score: 50, grade: 'B', lacksMust: false });
    expect(waysUp(model, [true, false])).toMatchObject([
      { grade: 'C', labels: ['beta'], missingPoints: 0 },
      { grade: 'B', labels: ['beta'], missingPoints: 0 },
      { grade: 'A', labels: ['beta'], missingPoints: 50 },
    ]);
  });

  it('says since when a rule is met, and nothing of somebody who is not known yet', () => {
    const model: FitModel = {
      name: 'any',
      version: 1,
      title: 'Any',
      rules: [{ label: 'Alpha', points: 3, where: { attribute: 'skills', is: ['Alpha'] } }],
      grades: { A: 3, B: 2, C: 1 },
    };
    const history = historyOf([true]);
    expect(explainFit(model, history, NOW)?.rules[0]).toMatchObject({ met: true, since: NOW - 86_400_000 });
    expect(explainFit(model, history, NOW - 86_400_001)).toMatchObject({ score: 0, grade: 'D' });
    expect(explainFit(model, history, history.since - 1)).toBeUndefined();
  });
});
