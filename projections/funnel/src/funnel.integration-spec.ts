import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../test/support/folded-history.js';
import { funnel } from './funnel.projection.js';
import { applicationsOf } from './queries/applications-of.query.js';
import { cohortFunnel } from './queries/cohort-funnel.query.js';

const SERVERS_MILLISECONDS = 30_000;
const start = new Date('2026-01-01T00:00:00Z');
const day = (days: number): Date => new Date(start.getTime() + days * 24 * 3_600_000);

describe('The cohort funnel', () => {
  let model: FoldedHistory;
  beforeAll(async () => {
    model = await FoldedHistory.of(funnel);
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('of nobody has no conversion', async () => {
    expect(await cohortFunnel(model.database, { by: [] })).toMatchObject([
      {
        reached: { applied: 0, screened: 0, interviewed: 0, offered: 0, hired: 0 },
        conversion: { screened: { fromPrevious: null, fromEntered: null } },
      },
    ]);
    expect(await cohortFunnel(model.database, { by: ['source'] })).toEqual([]);
  });

  describe('of five applications', () => {
    let twice: string;
    let inOrder: readonly string[];
    const jobBoard = { kind: 'job-board', name: 'Job board' } as const;

    beforeAll(async () => {
      const { told } = model;
      const candidateId = (twice = told.added(day(-9)));
      const skipped = told.applied(twice, day(0));
      told.moved(skipped, twice, day(20), { type: 'application.hired', data: { candidateId } });
      const stopped = told.applied(twice, day(-3), { source: jobBoard });
      told.moved(stopped, twice, day(0), {
        type: 'application.stage-reached',
        data: { candidateId, stage: 'screened' },
      });
      told.moved(stopped, twice, day(40), {
        type: 'application.stage-reached',
        data: { candidateId, stage: 'interviewed' },
      });
      told.moved(stopped, twice, day(41), { type: 'application.withdrawn', data: { candidateId } });
      const other = told.added(day(-9));
      told.applied(other, day(10), { role: 'Designer' });
      const rejected = told.applied(other, day(5));
      told.moved(rejected, other, day(6), { type: 'application.rejected', data: { candidateId: other } });
      const dateless = told.applied(other, day(7), { role: 'Designer' }, 'unknown');
      told.moved(dateless, other, day(7), { type: 'application.hired', data: { candidateId: other } });
      inOrder = [stopped, skipped];
      await model.fold();
    });

    it('counts stages that were skipped as passed, and those who wait or left as not having got further', async () => {
      expect(await cohortFunnel(model.database, { by: ['source'] })).toEqual([
        {
          source: 'LinkedIn',
          reached: { applied: 4, screened: 2, interviewed: 2, offered: 2, hired: 2 },
          rejected: 1,
          withdrawn: 0,
          conversion: {
            screened: { fromPrevious: 0.5, fromEntered: 0.5 },
            interviewed: { fromPrevious: 1, fromEntered: 0.5 },
            offered: { fromPrevious: 1, fromEntered: 0.5 },
            hired: { fromPrevious: 1, fromEntered: 0.5 },
          },
        },
        {
          source: 'Job board',
          reached: { applied: 1, screened: 1, interviewed: 1, offered: 0, hired: 0 },
          rejected: 0,
          withdrawn: 1,
          conversion: {
            screened: { fromPrevious: 1, fromEntered: 1 },
            interviewed: { fromPrevious: 1, fromEntered: 1 },
            offered: { fromPrevious: 0, fromEntered: 0 },
            hired: { fromPrevious: null, fromEntered: 0 },
          },
        },
      ]);
    });

    it('takes applications from the first instant of a window up to, and not at, its end', async () => {
      const counts = await cohortFunnel(model.database, { by: [], from: day(0), to: day(10) });
      expect(counts).toMatchObject([{ reached: { applied: 3, hired: 2 } }]);
    });

    it('groups by role, or by source and role', async () => {
      const sizes = async (by: ('source' | 'role')[]): Promise<unknown[][]> =>
        (await cohortFunnel(model.database, { by })).map(({ source, role, reached }) => [
          source,
          role,
          reached.applied,
        ]);
      expect(await sizes(['role'])).toEqual([
        [undefined, 'Engineer', 3],
        [undefined, 'Designer', 2],
      ]);
      expect(await sizes(['role', 'source'])).toEqual([
        ['LinkedIn', 'Designer', 2],
        ['LinkedIn', 'Engineer', 2],
        ['Job board', 'Engineer', 1],
      ]);
    });

    it('counts what was reached within days of applying, where days are known', async () => {
      const within = async (withinDays: number): Promise<object[]> =>
        (await cohortFunnel(model.database, { by: [], withinDays })).map(({ reached }) => reached);
      expect(await within(20)).toEqual([{ applied: 4, screened: 2, interviewed: 1, offered: 1, hired: 1 }]);
      expect(await within(19)).toEqual([{ applied: 4, screened: 1, interviewed: 0, offered: 0, hired: 0 }]);
    });

    it('knows the applications of each person, oldest first', async () => {
      expect(await applicationsOf(model.database, twice)).toEqual(inOrder);
    });
  });
});
