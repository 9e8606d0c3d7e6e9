import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Election } from '#libs/projecting';
import { until } from '../../../test/support/until.js';
import { defineProcessManager } from './process-manager.js';
import { ReactionHost, type ReactionHostOptions } from './reaction-host.js';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const manager = defineProcessManager({
  name: 'watching',
  from: 'beginning',
  definitions: [],
  listensTo: [],
  correlate: () => [],
  initial: {},
  decide: () => [],
  evolve: (state) => state,
});

describe('A process that stands by for a process manager', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('makes nothing at each turn that its signals keep hold of', async () => {
    let turns = 0;
    const election = {
      lost: new AbortController().signal,
      win: () => Promise.resolve(++turns < 0),
      close: () => Promise.resolve(),
    };
    jest.spyOn(Election, 'open').mockResolvedValue(election as unknown as Election);
    const any = jest.spyOn(AbortSignal, 'any');
    const host = new ReactionHost({
      managers: [manager],
      database: { url: '', query: () => Promise.resolve([{ commit: '0', prepare: '0' }]) },
      logger,
    } as unknown as ReactionHostOptions);
    await host.start();
    await until('it has stood for election three times', () => turns === 3);
    await host.stop();
    expect(any).toHaveBeenCalledTimes(1);
  });
});
