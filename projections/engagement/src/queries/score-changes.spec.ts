import { liveModel } from '#libs/scoring';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CandidateFact } from './facts.query.js';
import { changesBetween } from './score-changes.js';
import { explain } from './score.query.js';

const DAY = 24 * 3_600_000;
const t0 = new Date('2026-01-01T00:00:00Z');
const later = (days: number): Date => new Date(t0.getTime() + days * DAY);
const candidateId = '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a';

const fact = (id: string, type: string, days: number, machine = false): CandidateFact => ({
  candidateId,
  id,
  type,
  at: later(days),
  agent: undefined,
  verdict: machine ? { verdict: 'machine', classifierVersion: 1 } : undefined,
  outcome: undefined,
});

const history = fc.array(
  fc.record({
    type: fc.constantFrom('email.opened', 'email.clicked', 'email.replied', 'event.attended', 'email.sent'),
    days: fc.double({ min: 0, max: 100, noNaN: true }),
    unmasked: fc.boolean(),
  }),
  { maxLength: 30 },
);

const scored = (facts: readonly CandidateFact[], days: number) =>
  explain(
    liveModel,
    candidateId,
    facts.filter(({ at }) => at <= later(days)),
    later(days),
  );
const sum = (changes: readonly { readonly change: string }[]): bigint =>
  changes.reduce((all, { change }) => all + BigInt(change.replace('.', '')), 0n);

describe('What changed of a score', () => {
  it('adds up to the last digit, whatever happened, faded or was found out', () => {
    fc.assert(
      fc.property(history, fc.nat(120), fc.nat(120), (life, from, days) => {
        const told = (known: boolean) =>
          life.map(({ type, days: at, unmasked }, i) => fact(String(i), type, at, known && unmasked));
        const [before, after] = [scored(told(false), from), scored(told(true), from + days)];
        const { change, terms, caps } = changesBetween(before, after);
        expect(sum([...terms, ...caps])).toBe(after.units - before.units);
        expect(BigInt(change.replace('.', ''))).toBe(after.units - before.units);
      }),
    );
  });

  it('says what came, what faded, and what went and why', () => {
    const before = scored([fact('reply', 'email.replied', 0), fact('click', 'email.clicked', 1)], 10);
    const facts = [
      fact('reply', 'email.replied', 0),
      fact('click', 'email.clicked', 1, true),
      fact('fair', 'event.attended', 12),
    ];
    const { terms } = changesBetween(before, scored(facts, 17));
    expect(terms.map(({ eventId, kind, reason }) => [eventId, kind, reason])).toEqual([
      ['fair', 'came', null],
      ['click', 'went', 'machine'],
      ['reply', 'faded', null],
    ]);
  });

  it('is nothing between a time and itself', () => {
    const score = scored([fact('reply', 'email.replied', 0)], 10);
    expect(changesBetween(score, score)).toEqual({ change: '0.000000000', terms: [], caps: [] });
  });
});
