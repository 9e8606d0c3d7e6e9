import { newId } from '#libs/kernel';
import type { ProcessManager } from '#libs/reacting';
import { segmentWatch } from '#libs/segment-watch';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServedAutomation } from '../../../../test/support/served-automation.js';
import { until } from '../../../../test/support/until.js';
import { watchSources, type OpenWatchSources } from './watch-sources.js';

const SERVERS_MILLISECONDS = 60_000;
const DAY = 24 * 3_600_000;
const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };

describe('The watch over segments, on its servers', () => {
  let served: ServedAutomation;
  let sources: OpenWatchSources;
  let manager: ProcessManager;
  const [quiet, tagged] = [newId(), newId()];
  const [there, silent, comes, applies] = [newId(), newId(), newId(), newId()];

  const begin = async () => {
    sources = watchSources(served.log, served.codec, served.logger, served.clock);
    manager = segmentWatch(sources);
    await served.work(manager);
  };
  const leave = () => Promise.all([served.leave(), sources.close()]);
  const added = (id: string) =>
    served.record('candidate', id, id, { type: 'candidate.added', data: { ...lists, name: { full: 'Ada' } } });
  const tag = (id: string) =>
    served.record('candidate', id, id, { type: 'candidate.tagged', data: { tags: ['relocates'], freeTags: [] } });
  const opened = (id: string, criteria: object) =>
    served.record('pool', id, undefined, {
      type: 'pool.opened',
      data: { name: 'Watched', kind: 'segment', stages: [], criteria, watched: true },
    });
  const own: readonly unknown[] = [there, silent, comes, applies];
  /** Of this spec's people, in the order of the log: other specs record things of theirs meanwhile. */
  const told = async (poolId: string) =>
    (
      await served.recorded(
        ({ type, data }) => type.startsWith('segment.') && (data as { poolId: string }).poolId === poolId,
      )
    )
      .map(({ type, data }) => ({ type, who: (data as { candidateId?: string }).candidateId }))
      .filter(({ who }) => own.includes(who));
  const changes = async (poolId: string) =>
    (await told(poolId)).filter(({ type }) => type === 'segment.entered' || type === 'segment.left');

  beforeAll(async () => {
    served = await ServedAutomation.start(new Date());
    for (const id of [there, silent, comes, applies]) await added(id);
    await tag(there);
    await served.record('engagement', silent, silent, { type: 'email.clicked', data: { agent: 'human' } });
    await opened(tagged, {
      or: [{ attribute: 'tags', is: ['relocates'] }, { happened: { kinds: ['application.hired'] } }],
    });
    const lately = { happened: { kinds: ['email.clicked'], ago: { from: { days: 30 } } } };
    await opened(quiet, { and: [{ happened: { kinds: ['email.clicked'] } }, { not: lately }] });
    await begin();
  }, SERVERS_MILLISECONDS);
  afterAll(async () => {
    await leave();
    await served.stop();
  }, SERVERS_MILLISECONDS);

  it('tells who comes in, by a tag or by what was said of an application, and nothing of who was there', async () => {
    await tag(comes);
    const [applicationId, candidateId] = [newId(), applies];
    await served.record(
      'application',
      applicationId,
      candidateId,
      {
        type: 'application.submitted',
        data: { candidateId, role: 'Engineer', source: { kind: 'social-media', name: 'LinkedIn' } },
      },
      { type: 'application.hired', data: { candidateId } },
    );
    await until('two to have come in', async () => (await changes(tagged)).length === 2);
    expect(new Set((await changes(tagged)).map(({ who }) => who))).toEqual(new Set([comes, applies]));
    expect(await changes(quiet)).toEqual([]);
  });

  it('tells of somebody of whom nothing more was recorded, once the time has come', async () => {
    await served.handled(manager);
    await until('a deadline', async () => {
      // Of other specs' people too there are deadlines: its own is set by what was expected of its own person.
      const expected = await served.recorded(
        ({ type, data }) =>
          type === 'segment.change-expected' &&
          (data as { poolId: string }).poolId === quiet &&
          (data as { candidateId: string }).candidateId === silent,
      );
      const [row] = await served.database.query<{ ahead: number }>(
        `SELECT count(*)::integer AS ahead FROM vault.reaction_deadlines
         WHERE manager = 'segment' AND name = $1 AND set_by = ANY($2::uuid[])`,
        [`next ${quiet}`, expected.map(({ id }) => id)],
      );
      return row?.ahead === 1;
    });
    served.clock.advance(31 * DAY);
    await until('one to have come in', async () => (await changes(quiet)).length === 1);
    expect(await changes(quiet)).toEqual([{ type: 'segment.entered', who: silent }]);
    await served.handled(manager);
  });

  it('tells nothing again where it had to forget all that lies beside the log', async () => {
    const before = [await told(tagged), await told(quiet)];
    await leave();
    await served.forget(manager);
    await begin();
    await served.handled(manager);
    // Its deadlines come again too: whatever they give is there before what comes after them.
    await tag(silent);
    await until('one more', async () => (await changes(tagged)).length === 3);
    expect((await told(tagged)).slice(0, before[0]?.length)).toEqual(before[0]);
    expect((await told(tagged)).length).toBe((before[0]?.length ?? 0) + 1);
    expect(await told(quiet)).toEqual(before[1]);
    expect(await served.parked(manager)).toBe(0);
  });
});
