import type { Merge } from '#libs/identity';
import { newId } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../test/support/folded-history.js';
import { funnel } from './funnel.projection.js';
import { outcomesByCandidate } from './queries/outcomes.query.js';
import { silverMedallists, type MedallistCriteria } from './queries/silver-medallists.query.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));

describe('The silver medallists', () => {
  let model: FoldedHistory;
  let ada: string;
  let bob: string;
  let eve: string;

  const found = async (criteria: Partial<MedallistCriteria> = {}) => {
    const page = await silverMedallists(model.database, { stages: ['interviewed', 'offered'], limit: 50, ...criteria });
    if (!page.ok) throw new Error(page.error);
    return page.value;
  };
  const who = async (criteria: Partial<MedallistCriteria> = {}) =>
    (await found(criteria)).medallists.map(({ candidateId }) => candidateId);

  /** Applies on a day, reaches a stage two days later, and is rejected another two days later. */
  const rejectedFrom = (
    candidateId: string,
    n: number,
    stage: 'screened' | 'interviewed' | 'offered',
    role: string,
  ) => {
    const id = model.told.applied(candidateId, day(n), { role, requisitionId: `req-${n}` });
    const reached = { type: 'application.stage-reached', data: { candidateId, stage } } as const;
    model.told.moved(id, candidateId, day(n + 2), reached);
    const rejected = { type: 'application.rejected', data: { candidateId, reason: 'headcount' } } as const;
    model.told.moved(id, candidateId, day(n + 4), rejected);
    return id;
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(funnel);
    ada = model.told.added(day(0));
    bob = model.told.added(day(0));
    eve = model.told.added(day(0));
    rejectedFrom(ada, 1, 'interviewed', 'Backend Engineers');
    rejectedFrom(bob, 2, 'offered', 'Data Scientist');
    rejectedFrom(eve, 3, 'screened', 'Backend Engineer');
    await model.fold();
    const again = model.told.applied(ada, day(30));
    model.told.moved(again, ada, day(40), { type: 'application.hired', data: { candidateId: ada } });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('were rejected late, from the stages that count as late', async () => {
    expect(await who()).toEqual([bob, ada]);
    expect(await who({ stages: ['offered'] })).toEqual([bob]);
    expect(await who({ stages: ['screened'] })).toEqual([eve]);
    expect((await found()).medallists[0]).toMatchObject({
      stage: 'offered',
      reason: 'headcount',
      role: 'Data Scientist',
      requisitionId: 'req-2',
      since: day(6),
    });
  });

  it('are found by title and by requisition, in pages', async () => {
    expect(await who({ title: 'backend engineer' })).toEqual([ada]);
    expect(await who({ requisitionId: 'req-2' })).toEqual([bob]);
    const first = await found({ limit: 1 });
    expect(await who({ limit: 1, cursor: first.nextCursor ?? '' })).toEqual([ada]);
    expect(await silverMedallists(model.database, { stages: [], limit: 1, cursor: 'x' })).toEqual({
      ok: false,
      error: 'bad-cursor',
    });
  });

  it('are rediscovered once another application brought them to an interview or a hire', async () => {
    expect((await found({ rediscovered: true })).medallists).toMatchObject([
      { candidateId: ada, interviewedSince: day(40), hiredSince: day(40) },
    ]);
    expect(await who({ rediscovered: false })).toEqual([bob]);
  });

  it('are marked and unmarked by hand, by what was said last', async () => {
    const mark = { role: 'Backend Engineer', note: 'Strong.' };
    model.told.decided(eve, day(50), { type: 'candidate.silver-medallist-marked', data: mark });
    model.told.decided(bob, day(51), { type: 'candidate.silver-medallist-unmarked', data: {} });
    // Told late.
    model.told.decided(bob, day(49), { type: 'candidate.silver-medallist-marked', data: {} });
    await model.fold();
    expect(await who()).toEqual([eve, ada]);
    expect((await found({ title: 'engineers' })).medallists[0]).toMatchObject({
      candidateId: eve,
      applicationId: null,
      stage: null,
      since: day(50),
    });
    rejectedFrom(bob, 60, 'interviewed', 'Analyst');
    await model.fold();
    expect((await found()).medallists.map(({ candidateId, role }) => [candidateId, role])).toEqual([
      [bob, 'Analyst'],
      [eve, 'Backend Engineer'],
      [ada, 'Backend Engineers'],
    ]);
  });

  it('are one person under several ids: found once where they are marked, and rediscovered under either', async () => {
    const [twin, merges] = [model.told.added(day(0)), new Map<string, Merge>()];
    const merge = (survivorId: string, mergedId: string): void => {
      const data = { mergeId: newId(), survivorId, mergedId };
      merges.set(mergedId, data);
      model.told.identified(day(100), { type: 'identity.merged', data: { ...data, reason: 'review' } });
    };
    const before = await found();
    const hired = model.told.applied(twin, day(70));
    model.told.moved(hired, twin, day(80), { type: 'application.hired', data: { candidateId: twin } });
    model.told.decided(twin, day(90), { type: 'candidate.silver-medallist-marked', data: { role: 'Lead' } });
    merge(twin, bob);
    merge(ada, eve);
    await model.fold();
    const seen = (await found()).medallists.map(({ candidateId, role, hiredSince }) => [candidateId, role, hiredSince]);
    expect(seen).toEqual([
      [twin, 'Lead', null],
      [twin, 'Analyst', day(80)],
      [ada, 'Backend Engineer', null],
      [twin, 'Data Scientist', day(80)],
      [ada, 'Backend Engineers', day(40)],
    ]);
    const outcomes = await outcomesByCandidate(model.database);
    expect(outcomes.get(twin)?.hires).toEqual([day(80)]);
    expect(outcomes.get(bob)).toBeUndefined();
    const scientists = await outcomesByCandidate(model.database, 'data scientists');
    expect([scientists.get(ada), scientists.get(twin)?.interviews[0]]).toEqual([undefined, day(4)]);
    for (const data of merges.values()) model.told.identified(day(101), { type: 'identity.unmerged', data });
    model.told.decided(twin, day(102), { type: 'candidate.silver-medallist-unmarked', data: {} });
    await model.fold();
    expect(await found()).toEqual(before);
  });
});
