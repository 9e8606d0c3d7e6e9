import { newId } from '#libs/kernel';
import { ensureGeneration } from '#libs/projecting';
import {
  bands,
  foretold,
  liveModel,
  toPoints,
  type Band,
  type ScoringModel,
  type ScoringModelEvent,
} from '#libs/scoring';
import { engagementBy } from '#projections/engagement';
import { scoringModels } from '#projections/scoring-models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from '../../../apps/rapport/src/commands/scoring/comparison.js';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

/** What's clicked counts most, and fades fast: another order than the live model's. */
const other: ScoringModel = {
  ...liveModel,
  version: 1_000,
  groups: {
    clicks: { halfLifeDays: 10, kinds: { 'email.clicked': 60 } },
    rest: { halfLifeDays: 400, cap: 20, kinds: { 'event.attended': 3, 'email.replied': 1 } },
  },
};
const rows = engagementBy(other);

describe('Scoring models that are published', () => {
  let api: ServedQueryApi;
  const people: string[] = [];

  const decide = (event: ScoringModelEvent): Promise<string> =>
    api.record('scoring', 'models', undefined, daysAgo(0), event);
  const idsOf = ({ body }: Answer): string[] =>
    (body['items'] as { candidateId: string }[]).map((one) => one.candidateId);
  const hottest = (query = ''): Promise<Answer> => api.get(`/v1/engagement/hottest?limit=50${query}`);
  const states = async (): Promise<Record<string, string>> => {
    const { body } = await api.get('/v1/scoring-models');
    const items = body['items'] as { version: number; state: string }[];
    return Object.fromEntries(items.map(({ version, state }) => [version, state]));
  };

  const scoreOf = async (id: string, model: number, at?: string): Promise<{ units: bigint; band: Band }> => {
    const { body } = await api.get(`/v1/candidates/${id}/score?model=${model}${at === undefined ? '' : `&at=${at}`}`);
    return { units: BigInt((body['score'] as string).replace('.', '')), band: body['band'] as Band };
  };

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    for (let i = 0; i < 24; i++) {
      const id = newId();
      people.push(id);
      const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
      await api.record('candidate', id, id, daysAgo(400), { type: 'candidate.added', data: lists });
      const events = [
        { type: 'event.attended', data: { name: 'Open house' } },
        ...Array.from({ length: i % 3 }, () => ({ type: 'email.replied', data: { sentiment: 'interested' } })),
      ];
      await api.record('engagement', id, id, daysAgo(200 - 8 * i), ...events);
      await api.record('engagement', id, id, daysAgo(1 + ((i * 7) % 24)), {
        type: 'email.clicked',
        data: { agent: 'human' },
      });
    }
    for (let i = 0; i < people.length; i += 5) {
      const [id, applicationId] = [people[i] ?? '', newId()];
      const source = { kind: 'social-media', name: 'LinkedIn' };
      const submitted = { candidateId: id, role: 'Engineer', source };
      await api.record('application', applicationId, id, daysAgo(70), {
        type: 'application.submitted',
        data: submitted,
      });
      await api.record('application', applicationId, id, daysAgo(60), {
        type: 'application.hired',
        data: { candidateId: id },
      });
    }
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  it('are scored beside the live one from when their rows are whole, in an order of their own', async () => {
    const before = await hottest();
    await decide({ type: 'scoring-model.published', data: { model: other } });
    await api.fold(scoringModels);
    expect(await states()).toMatchObject({ 1_000: 'building', [liveModel.version]: 'live' });
    expect((await hottest('&model=1000')).status).toBe(503);
    await ensureGeneration(api.scratch.database, rows);
    await api.fold(rows);
    expect(await states()).toMatchObject({ 1_000: 'shadow', [liveModel.version]: 'live' });
    const shadow = await hottest('&model=1000');
    expect(shadow.body).toMatchObject({ modelVersion: 1_000 });
    expect(idsOf(shadow).toSorted()).toEqual(people.toSorted());
    expect(idsOf(shadow)).not.toEqual(idsOf(before));
    expect((await hottest()).text).toBe(before.text);
    // Each by the sum of its own terms.
    for (const { candidateId, score } of shadow.body['items'] as { candidateId: string; score: string }[]) {
      const { body } = await api.get(`/v1/candidates/${candidateId}/score?model=1000`);
      expect(body).toMatchObject({ score, modelVersion: 1_000 });
      const parts = [...(body['terms'] as { value: string }[]), ...(body['caps'] as { value: string }[])];
      const sum = parts.reduce((all, { value }) => all + BigInt(value.replace('.', '')), 0n);
      expect(sum).toBe(BigInt(score.replace('.', '')));
    }
  });

  it('are compared place by place, as everybody scored from their events', async () => {
    const { body } = await api.get('/v1/scoring-models/comparison?other=1000&limit=200');
    const pairs = await Promise.all(
      people.map(async (candidateId) => {
        const both = [await scoreOf(candidateId, liveModel.version), await scoreOf(candidateId, 1_000)];
        return { candidateId, scores: both.map(({ units, band }) => [{ units, band, known: true }]) };
      }),
    );
    const expected = compare(pairs);
    expect(body).toMatchObject({ one: liveModel.version, other: 1_000, people: people.length });
    expect(body['correlation']).toBeCloseTo(expected.correlation ?? NaN, 9);
    const crossings = body['crossings'] as { from: string; to: string; people: number }[];
    expect(Object.fromEntries(crossings.map((one) => [`${one.from} ${one.to}`, one.people]))).toEqual(
      Object.fromEntries(expected.crossings),
    );
    expect(crossings.length).toBeGreaterThan(1);
    const movers = body['movers'] as { candidateId: string; from: number; to: number }[];
    expect(movers.map(({ candidateId, from, to }) => ({ candidateId, from, to }))).toEqual(
      expected.moved.toSorted(
        (a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from) || (a.candidateId < b.candidateId ? -1 : 1),
      ),
    );
    expect(body['moved']).toBe(movers.length);
    expect((await api.get('/v1/scoring-models/comparison?other=1000&at=2020-01-01')).status).toBe(400);
    expect((await api.get('/v1/scoring-models/comparison?other=1')).status).toBe(400);
  });

  it('say who crosses from one band to another, page by page, with both scores', async () => {
    const path = '/v1/scoring-models/comparison/people?other=1000';
    const pagesOf = async (query: string): Promise<Record<string, unknown>[]> => {
      const all: Record<string, unknown>[] = [];
      for (let cursor = ''; ;) {
        const { status, body } = await api.get(`${path}&limit=3${query}${cursor}`);
        expect(status).toBe(200);
        expect(body).toMatchObject({ one: liveModel.version, other: 1_000 });
        all.push(...(body['items'] as Record<string, unknown>[]));
        expect(all.length).toBeLessThanOrEqual(people.length);
        const next = body['nextCursor'] as string | null;
        if (next === null) return all;
        cursor = `&cursor=${next}`;
      }
    };
    const each = await Promise.all(
      people.toSorted().map(async (candidateId) => {
        const [from, to] = [await scoreOf(candidateId, liveModel.version), await scoreOf(candidateId, 1_000)];
        return {
          candidateId,
          from: { score: toPoints(from.units), band: from.band },
          to: { score: toPoints(to.units), band: to.band },
        };
      }),
    );
    const crossed = each.filter(({ from, to }) => from.band !== to.band);
    expect(crossed.length).toBeGreaterThan(3);
    expect(await pagesOf('')).toEqual(crossed);
    for (const from of bands) {
      expect(await pagesOf(`&from=${from}`)).toEqual(crossed.filter((one) => one.from.band === from));
      for (const to of bands) {
        const both = each.filter((one) => one.from.band === from && one.to.band === to);
        expect(await pagesOf(`&from=${from}&to=${to}`)).toEqual(both);
      }
    }
    const cursor = String((await api.get(`${path}&limit=1`)).body['nextCursor']);
    for (const query of [`&from=hot&cursor=${cursor}`, '&cursor=bm9uZQ', '&from=lukewarm', '&at=2020-01-01', '&one=1'])
      expect((await api.get(`${path}${query}`)).status).toBe(400);
    // Long before anything: made up, and still no error of ours.
    const forged = { ...JSON.parse(Buffer.from(cursor, 'base64url').toString()), at: '0001-01-01T00:00:00.000Z' };
    const madeUp = Buffer.from(JSON.stringify(forged)).toString('base64url');
    expect((await api.get(`${path}&cursor=${madeUp}`)).status).toBe(200);
  });

  it('are back-tested beside the live one, by what had happened at each month end', async () => {
    const { body } = await api.get(`/v1/scoring-models/back-test?models=${liveModel.version},1000&months=2`);
    const items = body['items'] as {
      monthEnd: string;
      outcome: string;
      models: { model: number; auc: number | null }[];
    }[];
    expect(items.map(({ monthEnd, outcome }) => `${monthEnd} ${outcome}`)).toEqual([
      '2025-10-31 interviews',
      '2025-10-31 hires',
      '2025-11-30 interviews',
      '2025-11-30 hires',
    ]);
    const monthEnd = '2025-11-30T23:59:59.999Z';
    for (const { model, auc } of items[3]?.models ?? []) {
      const known = people.filter((_, i) => daysAgo(200 - 8 * i) <= new Date(monthEnd));
      const outcomes = await Promise.all(
        known.map(async (id) => ({
          score: Number((await scoreOf(id, model, monthEnd)).units),
          came: people.indexOf(id) % 5 === 0,
        })),
      );
      expect(auc).toBe(foretold(outcomes).auc);
    }
    expect(items[3]).toMatchObject({ people: 14, came: 3 });
    expect((await api.get('/v1/scoring-models/back-test?models=4711')).status).toBe(400);
    const ahead = await api.get(`/v1/scoring-models/back-test?models=1000&until=${daysAgo(-1).toISOString()}`);
    expect(ahead).toMatchObject({ status: 400, body: { errors: [{ pointer: '/until' }] } });
  });

  it('are switched between while queries run: each sees one ranking or the other, and pages go on by their own', async () => {
    const byWarmth = { sort: { by: 'warmth' }, limit: 5 };
    const [old, next] = [idsOf(await hottest()), idsOf(await hottest('&model=1000'))];
    const firstPage = await api.get('/v1/engagement/hottest?limit=5');
    const firstFound = await api.search(byWarmth);
    const seen: string[][] = [];
    const enough = new AbortController();
    const asking = (async () => {
      while (!enough.signal.aborted) seen.push(...(await Promise.all([hottest(), hottest(), hottest()])).map(idsOf));
    })();
    const after = await decide({
      type: 'scoring-model.made-live',
      data: { version: 1_000, before: liveModel.version },
    });
    await api.fold(scoringModels);
    // Not before the rows by it are as far as the switch.
    expect(idsOf(await hottest())).toEqual(old);
    await api.fold(rows);
    expect(idsOf(await hottest())).toEqual(next);
    await api.fold();
    expect((await hottest(`&after=${after}`)).body).toMatchObject({ modelVersion: 1_000 });
    enough.abort();
    await asking;
    expect(seen.length).toBeGreaterThan(3);
    for (const ids of seen) expect([old.join(), next.join()]).toContain(ids.join());

    const rest = await hottest(`&cursor=${String(firstPage.body['nextCursor'])}`);
    expect([...idsOf(firstPage), ...idsOf(rest)]).toEqual(old);
    const found = (answer: Answer): string[] => (answer.body['items'] as { id: string }[]).map(({ id }) => id);
    expect(firstFound.status).toBe(200);
    const more = await api.search({ ...byWarmth, limit: 50, cursor: firstFound.body['nextCursor'] });
    expect(more).toMatchObject({ status: 200 });
    expect([...found(firstFound), ...found(more)]).toEqual(old);
    expect(found(await api.search({ ...byWarmth, limit: 50 }))).toEqual(next);
  });

  it('are stood in for by the one before, retired or not, while they are made live and being made', async () => {
    const next: ScoringModel = { ...liveModel, version: 1_001 };
    await decide({ type: 'scoring-model.published', data: { model: next } });
    await decide({ type: 'scoring-model.made-live', data: { version: 1_001, before: 1_000 } });
    const after = await decide({ type: 'scoring-model.retired', data: { version: 1_000 } });
    await api.fold();
    await api.fold(rows);
    const { status, body } = await hottest(`&after=${after}`);
    expect({ status, body }).toMatchObject({ status: 200, body: { modelVersion: 1_000 } });
    expect((await api.search({ sort: { by: 'warmth' } }, {}, `?after=${after}`)).status).toBe(200);
    expect(await states()).toMatchObject({ 1_000: 'live', 1_001: 'building' });
    await ensureGeneration(api.scratch.database, engagementBy(next));
    expect((await hottest(`&after=${after}`)).body).toMatchObject({ modelVersion: 1_000 });
    await api.fold(engagementBy(next));
    expect((await hottest(`&after=${after}`)).body).toMatchObject({ modelVersion: 1_001 });
    expect(await states()).toMatchObject({ 1_000: 'retired', 1_001: 'live' });
  });

  it('go by the one before once that is made live again, and refuse what nobody is scored by', async () => {
    await decide({ type: 'scoring-model.made-live', data: { version: liveModel.version, before: 1_001 } });
    await decide({ type: 'scoring-model.retired', data: { version: 1_001 } });
    const cursor = String((await api.get('/v1/engagement/hottest?limit=5')).body['nextCursor']);
    await api.fold();
    await api.fold(rows);
    expect(await states()).toMatchObject({ 1_000: 'retired', 1_001: 'retired', [liveModel.version]: 'live' });
    expect((await hottest()).body).toMatchObject({ modelVersion: liveModel.version });
    expect((await hottest('&model=1000')).status).toBe(400);
    expect((await hottest(`&cursor=${cursor}`)).body).toMatchObject({ type: 'urn:rapport:problem:bad-cursor' });
    // Its document is kept: anybody's score can still be explained by it.
    const [id = ''] = people;
    expect((await api.get(`/v1/candidates/${id}/score?model=1000`)).body).toMatchObject({ modelVersion: 1_000 });
    expect((await api.get(`/v1/candidates/${id}/score?model=4711`)).status).toBe(400);
  });
});
