import type { CommandRunner } from '#libs/event-store';
import { err, refusal, systemClock, type StoredEvent } from '#libs/kernel';
import type { Digests } from '#libs/privacy';
import { describe, expect, it } from '@jest/globals';
import type { Command } from '@nestjs/cqrs';
import { storedEvent } from '../../../test/support/memory-log.js';
import { defineProcessManager } from './process-manager.js';
import type { DueDeadline, ReactionStore } from './reaction-store.js';
import { Reactions, RefusedCommandError } from './reactions.js';

const manager = defineProcessManager({
  name: 'watching',
  from: 'beginning',
  definitions: [],
  listensTo: ['thing.happened'],
  correlate: () => 'all',
  initial: {},
  decide: () => [],
  evolve: (state) => state,
  commands: () => [{} as Command<unknown>],
});
const event: StoredEvent = storedEvent({
  id: 'event',
  type: 'thing.happened',
  streamId: 'thing-1',
  revision: 0,
  position: { commit: 1n, prepare: 1n },
  recordedAt: new Date(0),
  data: {},
  metadata: {},
});
const deadline: DueDeadline = { instance: '1', name: 'later', dueAt: new Date(0), setBy: 'e', correlationId: 'e' };

describe('A process manager that is refused', () => {
  const fired: DueDeadline[] = [];
  /** Everything that it decides or commands is refused. */
  const refused = (code: string): Reactions => {
    const execute = () => Promise.resolve(err(refusal('conflict', code, 'No.')));
    return new Reactions(
      manager,
      { execute } as unknown as CommandRunner,
      { execute },
      { digest: () => 'digest' } as unknown as Digests,
      { fired: (one: DueDeadline) => Promise.resolve(void fired.push(one)) } as unknown as ReactionStore,
      systemClock,
    );
  };

  it('says so', async () => {
    const reactions = refused('not-today');
    await expect(reactions.follow(event)).rejects.toThrow(RefusedCommandError);
    await expect(reactions.take(event, { id: '1' })).rejects.toThrow(RefusedCommandError);
    await expect(reactions.fire(deadline)).rejects.toThrow(RefusedCommandError);
    expect(fired).toEqual([]);
  });

  it('is done with whoever was erased', async () => {
    const reactions = refused('candidate-erased');
    await reactions.follow(event);
    await reactions.take(event, { id: '1' });
    await reactions.fire(deadline);
    expect(fired).toEqual([deadline]);
    expect(reactions.counts.decided).toBe(0);
  });
});
