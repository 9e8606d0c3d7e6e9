import { ok, type Decider, type DomainEvent } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import type { EventCodec } from '../codec/event-codec.js';
import { decideBatch, type AnyCommand } from './decide-batch.js';

type Noted = DomainEvent<'pad.noted', string>;
/** Keeps all that was noted. */
const pad: Decider<readonly string[], string, Noted> = {
  initial: [],
  decide: (data) => ok(data === '' ? [] : [{ type: 'pad.noted', data }]),
  evolve: (notes, { data }) => [...notes, data],
  keeps: ({ data }) => data.length,
};
const codec = { encode: () => Promise.resolve({ metadata: {}, size: 1_000 }) } as unknown as EventCodec;
const context = { actor: { kind: 'system', id: 'spec' }, correlationId: 'c', source: 'spec' } as const;
const note = (command: string, decider = pad) => {
  const meta = { context, occurredAt: new Date(0) };
  return { decider, stream: { category: 'pad', id: '1' }, command, meta } as unknown as AnyCommand;
};

describe('Commands that are decided together', () => {
  const baseline = { state: [], revision: 4, headHash: null, kept: 100, keys: new Map() };

  it('add to what the state keeps of its events, as their decider says', async () => {
    const decided = await decideBatch([note('a'.repeat(20)), note(''), note('b'.repeat(3))], baseline, codec);
    expect(decided.after).toMatchObject({ revision: 6, kept: 123 });
    const silent = { initial: pad.initial, decide: pad.decide.bind(pad), evolve: pad.evolve.bind(pad) };
    expect((await decideBatch([note('a', silent)], baseline, codec)).after.kept).toBe(100);
  });
});
