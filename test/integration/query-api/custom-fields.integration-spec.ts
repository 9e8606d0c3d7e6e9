import { newId } from '#libs/kernel';
import { KeyVault } from '#libs/privacy';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { daysAgo, ServedQueryApi, type Answer } from '../../support/served-query-api.js';

const SERVERS_MILLISECONDS = 30_000;

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (answer: Answer): Item[] => answer.body['items'] as Item[];
const namesOf = (answer: Answer): unknown[] => itemsOf(answer).map(({ name }) => name);

describe('what the query API answers about custom fields', () => {
  let api: ServedQueryApi;
  const [ada, bob, twin] = [newId(), newId(), newId()];
  /** Of this spec alone: the product has one stream of fields. */
  const fields = `fields-${newId()}`;

  const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
  const known = (id: string, full: string) =>
    api.record('candidate', id, id, daysAgo(100), { type: 'candidate.added', data: { ...lists, name: { full } } });
  const set = (id: string, days: number, data: object) =>
    api.record('candidate', id, id, daysAgo(days), { type: 'candidate.custom-field-set', data });

  beforeAll(async () => {
    api = await ServedQueryApi.start();
    await api.makeReadModels();
    const visa = { key: 'visa', label: 'Visa', type: 'choice', personal: false, options: ['H-1B', 'TN'] };
    const declared = (data: object) => ({ type: 'custom-field.declared', data });
    await api.record(
      'custom',
      fields,
      undefined,
      daysAgo(200),
      declared(visa),
      declared({ key: 'about', label: 'About', type: 'text', personal: true }),
      declared({ key: 'miles', label: 'Miles', type: 'number', personal: false }),
      declared({ key: 'shifts', label: 'Shifts', type: 'multi-choice', personal: false, options: ['Early', 'Night'] }),
      { type: 'custom-field.described', data: { key: 'visa', label: 'Permit' } },
      { type: 'custom-field.retired', data: { key: 'miles' } },
    );
    await known(ada, 'Ada');
    await set(ada, 50, { field: 'visa', type: 'choice', value: 'TN' });
    await set(ada, 40, { field: 'about', type: 'text', personalValue: 'Knows Babbage' });
    await set(ada, 10, { field: 'visa', type: 'choice', value: 'H-1B' });
    await set(ada, 10, { field: 'shifts', type: 'multi-choice', value: ['Early'] });
    await known(twin, 'Ada L.');
    await set(twin, 30, { field: 'visa', type: 'choice', value: 'TN' });
    await set(twin, 30, { field: 'miles', type: 'number', value: 7.5 });
    await set(twin, 30, { field: 'shifts', type: 'multi-choice', value: ['Night'] });
    await known(bob, 'Bob');
    await api.record('identity', 'merges', undefined, daysAgo(5), {
      type: 'identity.merged',
      data: { mergeId: newId(), survivorId: ada, mergedId: twin, reason: 'review' },
    });
    await api.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => api.stop(), SERVERS_MILLISECONDS);

  const ofAda = {
    about: ['about', 'text', true, 'Knows Babbage'],
    miles: ['miles', 'number', false, 7.5],
    shifts: ['shifts', 'multi-choice', false, ['Early', 'Night']],
    visa: ['visa', 'choice', false, 'H-1B'],
  };
  const valuesOf = (item: Item): unknown[] =>
    (item['customFields'] as Item[]).map(({ field, type, personal, value }) => [field, type, personal, value]);

  it('lists them, also those that are retired', async () => {
    const answer = await api.get('/v1/custom-fields', { role: 'auditor' });
    expect(itemsOf(answer).map(({ key, label, retiredAt }) => [key, label, retiredAt])).toEqual([
      ['about', 'About', null],
      ['miles', 'Miles', daysAgo(200).toISOString()],
      ['shifts', 'Shifts', null],
      ['visa', 'Permit', null],
    ]);
    expect(itemsOf(answer)[3]).toMatchObject({ type: 'choice', options: ['H-1B', 'TN'], personal: false });
  });

  it('shows what one person has under all their ids, now and as of then', async () => {
    expect(valuesOf((await api.get(`/v1/candidates/${twin}`)).body)).toEqual(Object.values(ofAda));
    const then = `asOf=${encodeURIComponent(daysAgo(35).toISOString())}`;
    expect(valuesOf((await api.get(`/v1/candidates/${ada}?${then}`)).body)).toEqual([
      ofAda.about,
      ['visa', 'choice', false, 'TN'],
    ]);
    expect(valuesOf((await api.get(`/v1/candidates/${bob}`)).body)).toEqual([]);
    const timeline = itemsOf(await api.get(`/v1/candidates/${ada}/timeline?types=candidate.custom-field-set`));
    expect(timeline).toHaveLength(7);
  });

  it('finds by what is not personal, and refuses what cannot be found by', async () => {
    const search = (where: object) => api.search({ where });
    expect(namesOf(await search({ custom: 'visa', is: ['h 1b'] }))).toEqual(['Ada']);
    expect(namesOf(await search({ custom: 'visa', is: ['TN'] }))).toEqual([]);
    expect(namesOf(await search({ custom: 'shifts', is: ['Night'] }))).toEqual(['Ada']);
    expect(namesOf(await search({ custom: 'miles', atLeast: 7, below: 8 }))).toEqual(['Ada']);
    expect(namesOf(await search({ custom: 'miles', known: false }))).toEqual(['Bob']);
    for (const [where, pointer] of [
      [{ not: { custom: 'about', known: true } }, '/where/not/custom'],
      [{ custom: 'hat', known: true }, '/where/custom'],
      [{ custom: 'visa', is: ['O-1'] }, '/where/is/0'],
      [{ custom: 'visa', below: 7 }, '/where/below'],
    ] as const) {
      const refused = await search(where);
      expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(`"${pointer}"`)]);
    }
  });

  it('exports those that are asked for', async () => {
    const exported = (columns: string[], format = 'csv') =>
      api.send('POST', '/v1/candidates/export', { body: { format, purpose: 'Permits', columns } });
    const columns = ['name', 'custom:visa', 'custom:shifts', 'custom:miles'];
    expect((await exported(columns)).text).toBe(`${columns.join(',')}\r\nAda,H-1B,Early; Night,7.5\r\nBob,,,\r\n`);
    expect((await exported(['custom:shifts'], 'ndjson')).text).toBe(
      '{"custom:shifts":["Early","Night"]}\n{"custom:shifts":null}\n',
    );
    const refused = await exported(['name', 'custom:hat']);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('"/columns/1"')]);
    expect((await exported(['custom:No Key'])).status).toBe(400);
  });

  it('shows that a personal value was erased, whatever its type', async () => {
    const erased = newId();
    await known(erased, 'Eve');
    await set(erased, 5, { field: 'pay', type: 'number', personalValue: 90_000 });
    await api.app.get(KeyVault, { strict: false }).destroy(erased, ['narrative']);
    await api.fold();
    const shown = [
      await api.get(`/v1/candidates/${erased}`),
      await api.get(`/v1/candidates/${erased}?asOf=${encodeURIComponent(daysAgo(1).toISOString())}`),
    ];
    for (const { body } of shown) expect(valuesOf(body)).toEqual([['pay', 'number', true, '[erased]']]);
    expect(namesOf(await api.search({ where: { custom: 'miles', atLeast: -1e15 } }))).toEqual(['Ada']);
  });
});
