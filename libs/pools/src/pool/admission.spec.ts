import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/kernel';
import { admission } from './admission.js';
import { poolDecider, type NewPool } from './pool-decider.js';
import type { KnownPool } from './pool.js';

const pool = (given: Partial<NewPool>, closed = false): KnownPool => {
  const { stages = [], ...rest } = { name: 'Pool', kind: 'static' as const, ...given };
  const data = { ...rest, stages: [...stages], watched: false };
  const found = fold(poolDecider, [
    { type: 'pool.opened', data },
    ...(closed ? [{ type: 'pool.closed' as const, data: {} }] : []),
  ]);
  if (found.kind === 'unknown') throw new Error('It was opened.');
  return found;
};
const code = (answer: ReturnType<typeof admission>): string => (answer.ok ? 'ok' : answer.error.code);

describe('Whoever is let into a pool', () => {
  it('begins in its first stage, or in the one that is named', () => {
    const staged = pool({ stages: ['new', 'contacted'] });
    expect(admission(staged)).toEqual({ ok: true, value: 'new' });
    expect(admission(staged, 'contacted')).toEqual({ ok: true, value: 'contacted' });
    expect(admission(pool({}))).toEqual({ ok: true, value: undefined });
  });

  it('is not let into a closed pool, a segment, or a stage that there is not', () => {
    expect(code(admission(pool({}, true)))).toBe('pool-closed');
    expect(code(admission(pool({ kind: 'segment', criteria: { title: 'engineer' } })))).toBe('segment-computed');
    expect(code(admission(pool({ stages: ['new'] }), 'hired'))).toBe('stage-unknown');
  });
});
