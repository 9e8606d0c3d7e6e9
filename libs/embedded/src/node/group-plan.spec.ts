import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Expected } from './expected.js';
import { eventKey, planGroup, type AppendRequest, type GroupPlan, type StoredState } from './group-plan.js';
import type { ProposedEvent } from './proposed-event.js';
import type { StoredRecord } from './record.js';

const NOW = 1_000;

const event = (id: string = randomUUID()): ProposedEvent => ({
  id,
  type: 'happened',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.from('{}'),
});

const request = (
  stream: string,
  expected: Expected,
  events: readonly ProposedEvent[] = [event()],
  deadline = NOW,
): AppendRequest => ({ stream, expected, events, deadline });

/** What the writer knows of a log. */
const stateOf = (stored: readonly StoredRecord[], remembers = true): StoredState => {
  const ofStream = (stream: string): StoredRecord[] => stored.filter((record) => record.stream === stream);
  return {
    head: stored.at(-1)?.position ?? 0n,
    headOf: (stream) => ofStream(stream).at(-1)?.revision ?? -1n,
    lately: (stream, id) =>
      remembers ? stored.find((record) => eventKey(record.stream, record.id) === eventKey(stream, id)) : undefined,
    from: (stream, revision, count) =>
      Promise.resolve(
        ofStream(stream)
          .filter((record) => record.revision >= revision)
          .slice(0, count),
      ),
  };
};

const plan = (requests: readonly AppendRequest[], stored: readonly StoredRecord[] = []): Promise<GroupPlan> =>
  planGroup(requests, stateOf(stored), NOW);

const appended = (revision: bigint, position: bigint) => ({ kind: 'appended', revision, position });

describe('A group of appends', () => {
  it('gets positions in its order, and revisions by stream', async () => {
    const { records, answers } = await plan([
      request('a', 'no-stream', [event(), event()]),
      request('b', 'any'),
      request('a', 1n),
    ]);
    expect(records.map(({ stream, revision, position }) => [stream, revision, position])).toEqual([
      ['a', 0n, 1n],
      ['a', 1n, 2n],
      ['b', 0n, 3n],
      ['a', 2n, 4n],
    ]);
    expect(answers).toEqual([appended(1n, 2n), appended(0n, 3n), appended(2n, 4n)]);
  });

  it('decides each upon what the earlier ones add', async () => {
    const { records, answers } = await plan([
      request('a', 'stream-exists'),
      request('a', 'no-stream'),
      request('a', 'stream-exists'),
      request('a', 'no-stream'),
    ]);
    expect(answers).toEqual([
      { kind: 'wrong-version', current: -1n },
      appended(0n, 1n),
      appended(1n, 2n),
      { kind: 'wrong-version', current: 1n },
    ]);
    expect(records).toHaveLength(2);
  });

  it('has an append once that came twice', async () => {
    const [named, unnamed] = [[event(), event()], [event()]];
    const { records, answers } = await plan([
      request('a', 'no-stream', named),
      request('a', 'no-stream', named),
      request('b', 'any', unnamed),
      request('b', 'any', unnamed),
    ]);
    expect(answers).toEqual([appended(1n, 2n), appended(1n, 2n), appended(0n, 3n), appended(0n, 3n)]);
    expect(records).toHaveLength(3);
  });

  it('leaves out what nobody waits for any more', async () => {
    const { records, answers } = await plan([request('a', 'any', [event()], NOW - 1), request('a', 'no-stream')]);
    expect(answers).toEqual([{ kind: 'deadline' }, appended(0n, 1n)]);
    expect(records).toHaveLength(1);
  });

  it('without events has the place where the stream ends', async () => {
    const { records } = await plan([request('a', 'any', [event(), event()])]);
    const { answers } = await plan([request('a', 1n, []), request('b', 'any', [])], records);
    expect(answers).toEqual([appended(1n, 2n), appended(-1n, 2n)]);
  });

  it('decided again after a commit that was not noticed, gives the same answers and writes nothing', async () => {
    const requests = [
      request('a', 'no-stream', [event(), event()]),
      request('b', 'any', [event(), event()]),
      request('a', 1n),
      request('a', 0n),
      request('b', 'stream-exists'),
      request('c', 'no-stream'),
    ];
    const first = await plan(requests);
    const again = await plan(requests, first.records);
    expect(again.records).toEqual([]);
    expect(again.answers.map(({ kind }) => kind)).toEqual(first.answers.map(({ kind }) => kind));
    expect(again.answers.filter(({ kind }) => kind === 'appended')).toEqual(
      first.answers.filter(({ kind }) => kind === 'appended'),
    );
  });
});

describe('Events that are known', () => {
  it.each([true, false])('are compared with those at the revision, remembered or not (%s)', async (remembers) => {
    const events = [event(), event(), event()];
    const { records } = await plan([request('a', 'no-stream', events)]);
    const state = stateOf(records, remembers);
    const decide = async (expected: Expected, proposed: readonly ProposedEvent[]) =>
      (await planGroup([request('a', expected, proposed)], state, NOW)).answers[0];
    expect(await decide('no-stream', events)).toEqual(appended(2n, 3n));
    expect(await decide(0n, events.slice(1))).toEqual(appended(2n, 3n));
    expect(await decide('no-stream', events.slice(0, 2))).toEqual(appended(1n, 2n));
    expect(await decide('no-stream', events.slice(1))).toEqual({ kind: 'wrong-version', current: 2n });
    expect(await decide(1n, [...events.slice(2), event()])).toEqual({ kind: 'wrong-version', current: 2n });
    expect(await decide(5n, events)).toEqual({ kind: 'wrong-version', current: 2n });
  });

  it('of a writer that names no revision are refused if only the first of them are known', async () => {
    const known = event();
    const { records } = await plan([request('a', 'any', [known])]);
    const { answers } = await plan([request('a', 'any', [known, event()])], records);
    expect(answers).toEqual([{ kind: 'wrong-version', current: 0n }]);
  });

  it('of a writer that names no revision are new once they are forgotten', async () => {
    const known = event();
    const { records } = await plan([request('a', 'any', [known])]);
    const again = await planGroup([request('a', 'any', [known])], stateOf(records, false), NOW);
    expect(again.answers).toEqual([appended(1n, 2n)]);
  });

  it('in another stream are new', async () => {
    const known = event();
    const { records } = await plan([request('a', 'any', [known])]);
    expect((await plan([request('b', 'any', [known])], records)).answers).toEqual([appended(0n, 2n)]);
  });
});
