import { fold } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import type { HygienePlan, PlanEvent } from '../events/plan-events.js';
import { planDecider, type PlanCommand } from './plan-decider.js';

const plan: HygienePlan = {
  name: 'Monday round',
  owner: { kind: 'team', id: 'team-4' },
  schedule: { every: 'week', day: 1, hour: 6 },
  checks: ['no-owner'],
  months: 12,
  minBits: 3,
  paused: false,
};
const made: PlanEvent = { type: 'hygiene-plan.made', data: plan };
const retired: PlanEvent = { type: 'hygiene-plan.retired', data: {} };
const after = (history: readonly PlanEvent[], command: PlanCommand): unknown => {
  const decided = planDecider.decide(command, fold(planDecider, history));
  return decided.ok ? decided.value : decided.error.code;
};

describe('A plan', () => {
  it('is made once', () => {
    expect(after([], { kind: 'make', plan })).toEqual([made]);
    expect(after([made], { kind: 'make', plan })).toBe('hygiene-plan-exists');
  });

  it('has days of the week that there are', () => {
    const schedule = { every: 'week', day: 8, hour: 6 } as const;
    expect(after([], { kind: 'make', plan: { ...plan, schedule } })).toBe('schedule-invalid');
    expect(after([made], { kind: 'change', changes: { schedule } })).toBe('schedule-invalid');
    expect(after([made], { kind: 'change', changes: { schedule: { ...schedule, every: 'month' } } })).toHaveLength(1);
  });

  it('records what changes, and nothing where nothing does', () => {
    const owner = { kind: 'person', id: 'user-17' } as const;
    const changed = after([made], { kind: 'change', changes: { owner, months: 12 } });
    expect(changed).toEqual([{ type: 'hygiene-plan.changed', data: { owner } }]);
    expect(after([made], { kind: 'change', changes: { ...plan } })).toEqual([]);
  });

  it('is retired for good', () => {
    expect(after([made], { kind: 'retire' })).toEqual([retired]);
    expect(after([made, retired], { kind: 'retire' })).toEqual([]);
    expect(after([made, retired], { kind: 'change', changes: { paused: true } })).toBe('hygiene-plan-retired');
    expect(after([], { kind: 'retire' })).toBe('hygiene-plan-unknown');
  });
});
