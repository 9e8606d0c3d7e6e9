import { StreamsInMemory } from '#libs/testing';
import type { CommandRunner } from '#libs/event-store';
import { describe, expect, it } from '@jest/globals';
import { KnownPeople } from './known-people.js';

/** Answers what was so when it was asked, a while later. */
class SlowStreams extends StreamsInMemory {
  reads = 0;
  private begin = (): void => undefined;
  readonly begun = new Promise<void>((resolve) => (this.begin = resolve));

  override async lastRevision(streamId: string): Promise<number> {
    this.reads++;
    const revision = await super.lastRevision(streamId);
    this.begin();
    await new Promise(setImmediate);
    return revision;
  }
}

describe('Who is one person, as the store knows it', () => {
  it('is read once for all who ask at once, and has every merge that was accepted before somebody asked', async () => {
    const streams = new SlowStreams();
    const people = new KnownPeople(streams.asLog, streams.asRunner);
    const ask = () => Promise.all(Array.from({ length: 100 }, () => people.survivorOf('twin')));
    const before = ask();
    await streams.begun;
    const merge = { mergeId: 'm', survivorId: 'ada', mergedId: 'twin', reason: 'review' };
    streams.streams.set('identity-merges', [{ type: 'identity.merged', data: merge }]);
    expect(new Set(await ask())).toEqual(new Set(['ada']));
    expect(new Set(await before)).toEqual(new Set([undefined]));
    expect(streams.reads).toBe(2);
  });

  it('reads only what was decided since the last time', async () => {
    const streams = new StreamsInMemory();
    const from: (number | undefined)[] = [];
    const load = ((decider, stream, since) => {
      from.push(since?.revision);
      return streams.load(decider, stream, since);
    }) as CommandRunner['load'];
    const runner = { load } as unknown as CommandRunner;
    const people = new KnownPeople(streams.asLog, runner);
    const merge = { mergeId: 'm', survivorId: 'ada', mergedId: 'twin' };
    const apart = { candidateId: 'ada', otherId: 'eve', bits: 3 };
    const decisions = [
      { type: 'identity.merged', data: { ...merge, reason: 'review' } },
      { type: 'identity.told-apart', data: apart },
      { type: 'identity.unmerged', data: merge },
    ];
    const survivors: (string | undefined)[] = [];
    for (let n = 1; n <= decisions.length; n++) {
      streams.streams.set('identity-merges', decisions.slice(0, n));
      survivors.push(await people.survivorOf('twin'), await people.survivorOf('twin'));
    }
    expect(survivors).toEqual(['ada', 'ada', 'ada', 'ada', undefined, undefined]);
    expect(from).toEqual([-1, 0, 1]);
  });
});
