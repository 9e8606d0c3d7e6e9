import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandApi } from './support/command-api.js';
import { RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

describe('Two command-api processes on one log', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;
  let apis: CommandApi[] = [];

  beforeAll(async () => {
    rapport = await RapportProcess.start(home);
    apis = await Promise.all([CommandApi.start(rapport), CommandApi.start(rapport)]);
  }, 90_000);

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await rapport?.stop();
    remove();
  }, 60_000);

  const add = async (name: string): Promise<{ id: string; etag: string }> => {
    const added = await rapport.command('POST', '/v1/candidates', { name: { full: name } });
    expect(added.status).toBe(201);
    return { id: String(added.body['id']), etag: String(added.headers.get('etag')) };
  };
  const history = async (id: string): Promise<string[]> => {
    const answer = await rapport.query('GET', `/v1/audit/candidates/${id}/history`, undefined, 'auditor');
    expect(answer.body).toMatchObject({ verified: true });
    return (answer.body['items'] as { type: string }[]).map(({ type }) => type);
  };
  const [first, second] = [(): CommandApi => apis[0], (): CommandApi => apis[1]];

  it('store a provider event once: at once, in another order, and after a restart', async () => {
    const { id } = await add('Once Only');
    const clicked = (n: number) => ({
      type: 'email.clicked',
      provider: 'sendgrid',
      providerEventId: `click-${n}`,
      occurredAt: '2026-05-01T10:00:00Z',
      data: { url: 'https://example.org/jobs' },
    });
    const deliveries = [0, 1, 2, 0, 1, 2, 2, 1, 0, 1].flatMap((n) => [
      first().post(`/v1/candidates/${id}/interactions`, clicked(n)),
      second().post(`/v1/candidates/${id}/interactions`, clicked(n)),
    ]);
    const answers = await Promise.all(deliveries);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    await first().stop();
    apis[0] = await CommandApi.start(rapport);
    for (const n of [2, 0, 1])
      expect((await first().post(`/v1/candidates/${id}/interactions`, clicked(n))).status).toBeLessThan(300);
    expect((await history(id)).filter((type) => type === 'email.clicked')).toHaveLength(3);
  }, 60_000);

  it('store a command once, and refuse its key for another', async () => {
    const body = { name: { full: 'Twice Sent' } };
    const answers = await Promise.all(
      [first(), second(), first(), second()].map((api) =>
        api.post('/v1/candidates', body, { 'idempotency-key': 'k-1' }),
      ),
    );
    const ids = new Set(answers.map((answer) => answer.body['id']));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(ids.size).toBe(1);
    expect(await history(String([...ids][0]))).toEqual(['candidate.added']);
    const other = await second().post('/v1/candidates', { name: { full: 'Another' } }, { 'idempotency-key': 'k-1' });
    expect(other).toMatchObject({ status: 422, body: { type: expect.stringContaining('idempotency-key-reused') } });
  });

  it('let one of two edits of the same revision win, and both where nobody asks', async () => {
    const { id, etag } = await add('Raced For');
    const raced = await Promise.all([
      first().patch(`/v1/candidates/${id}`, { title: 'Engineer' }, { 'if-match': etag }),
      second().patch(`/v1/candidates/${id}`, { title: 'Designer' }, { 'if-match': etag }),
    ]);
    expect(raced.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
    const free = await Promise.all([
      first().patch(`/v1/candidates/${id}`, { employer: 'Initech' }),
      second().patch(`/v1/candidates/${id}`, { experienceYears: 4 }),
    ]);
    expect(free.map(({ status }) => status)).toEqual([200, 200]);
    expect(await history(id)).toHaveLength(4);
  });

  it('let an opened email leave an edit alone', async () => {
    const { id, etag } = await add('Reading Mail');
    expect((await second().post(`/v1/candidates/${id}/interactions`, { type: 'email.opened', data: {} })).status).toBe(
      201,
    );
    expect((await first().patch(`/v1/candidates/${id}`, { title: 'Reader' }, { 'if-match': etag })).status).toBe(200);
  });

  it('is not ready from the moment that it is asked to stop, and serves on for as long as it was told', async () => {
    const api = await CommandApi.start(rapport, { RAPPORT_DRAIN_SECONDS: '3' });
    expect(await api.isReady()).toBe(true);
    const stopped = api.stop();
    await until('it to be unready', async () => !(await api.isReady()));
    const served = await api.post('/v1/candidates', { name: { full: 'Late Comer' } });
    expect(served.status).toBe(201);
    await stopped;
    await expect(api.isReady()).rejects.toThrow('fetch failed');
  });
});
