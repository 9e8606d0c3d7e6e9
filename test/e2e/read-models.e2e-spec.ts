import { listDeadLetters, readCheckpoints } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { liveModel } from '#libs/scoring';
import { timeline } from '#projections/timeline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readModels } from '../../apps/projector/src/read-models.js';
import { commandLine, type Ended } from './support/command-line.js';
import { RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

const applicants = fileURLToPath(new URL('../data/funnel/applicants_2500.csv', import.meta.url));
const resume = fileURLToPath(new URL('../data/profiles/senior-engineer.resume.json', import.meta.url));

const sources = {
  LinkedIn: [1251, 1036, 546, 198, 141],
  'Job board': [813, 431, 189, 41, 25],
  'Careers page': [436, 303, 141, 46, 26],
};

describe('The read models of real files', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;

  const run = commandLine(home);
  /** Publishes a fit model of one rule; gives the position token. */
  const published = async (name: string): Promise<unknown> => {
    const rules = [{ label: 'Title', points: 100, where: { title: name } }];
    const model = { name, version: 1, title: name, rules, grades: { A: 100, B: 60, C: 40 } };
    return (await rapport.command('POST', '/v1/fit-models', { model })).body['position'];
  };
  const head = async (): Promise<string> => String((await rapport.query('GET', '/v1/projections')).body['head']);

  beforeAll(async () => {
    rapport = await RapportProcess.start(home);
  }, 90_000);

  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, 60_000);

  it.each(['added', 'unchanged'])(
    'give the known funnel of the applicants file (records %s)',
    async (outcome) => {
      const imported = await run('import', 'applicants', applicants, '--as-of', '2025-12-31');
      expect(imported.output).toContain(
        `2500 records: ${outcome === 'added' ? '2500 added, 0 updated, 0 unchanged' : '0 added, 0 updated, 2500 unchanged'}, 0 refused`,
      );
      expect(imported.status).toBe(0);
      const funnel = await rapport.query('GET', `/v1/funnel?by=source&after=${await head()}`);
      const groups = funnel.body['items'] as { source: string; reached: Record<string, number> }[];
      expect(Object.fromEntries(groups.map(({ source, reached }) => [source, Object.values(reached)]))).toEqual(
        sources,
      );
    },
    120_000,
  );

  it('show an imported resume, and what happened in bulk with its person', async () => {
    expect(await run('import', 'candidates', resume, '--source', 'Resume inbox')).toMatchObject({ status: 0 });
    const found = await rapport.query('POST', `/v1/candidates/search?after=${await head()}`, {
      source: { name: 'Resume inbox' },
    });
    const [person] = found.body['items'] as { id: string; emails: string[] }[];
    const line = (i: number): string =>
      JSON.stringify({
        recipient: { kind: 'email', value: person?.emails[0] },
        type: i % 2 === 0 ? 'email.opened' : 'email.clicked',
        occurredAt: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
        provider: 'generic',
        providerEventId: `bulk-${i}`,
        data: { machine: i % 3 === 0 },
      });
    const body = Array.from({ length: 400 }, (_, i) => line(i)).join('\n');
    for (let delivery = 0; delivery < 2; delivery++) {
      const answer = await rapport.bulk('/v1/interactions/bulk', body);
      expect(answer.map(({ line: number, status }) => [number, status])).toEqual(
        Array.from({ length: 400 }, (_, i) => [i + 1, 201]),
      );
    }
    const at = new Date(Date.UTC(2026, 0, 2)).toISOString();
    const score = await rapport.query('GET', `/v1/candidates/${person?.id}/score?at=${at}&after=${await head()}`);
    expect(score.status).toBe(200);
    const terms = score.body['terms'] as { value: string }[];
    // Two in three are a human's; each of 400 counted once, or left out.
    expect(terms).toHaveLength(266);
    const units = (text: unknown): bigint => BigInt(String(text).replace('.', ''));
    expect(terms.reduce((sum, { value }) => sum + units(value), 0n)).toBe(units(score.body['score']));
  }, 120_000);

  it('say how well people fit, by a model that a request published', async () => {
    const model = {
      name: 'engineer',
      version: 1,
      title: 'Engineers',
      rules: [
        { label: 'Title', points: 60, where: { title: 'engineer' } },
        { label: 'Known place', points: 40, where: { attribute: 'city', known: true } },
      ],
      grades: { A: 100, B: 60, C: 40 },
    };
    const { body } = await rapport.command('POST', '/v1/fit-models', { model });
    const asked = { fit: { model: 'engineer' }, sort: { by: 'fit' }, fitGrid: true, limit: 3, total: true };
    const found = await rapport.query('POST', `/v1/candidates/search?after=${String(body['position'])}`, asked);
    expect(found.status).toBe(200);
    const people = found.body['items'] as { id: string; fit: { score: number; grade: string } }[];
    const { cells } = found.body['fitGrid'] as { cells: { count: number }[] };
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(found.body['total']);
    for (const { id, fit } of people) {
      const explained = await rapport.query('GET', `/v1/candidates/${id}/fit?model=engineer`);
      expect(explained.body).toMatchObject(fit);
      const rules = explained.body['rules'] as { value: number }[];
      expect(rules.reduce((sum, { value }) => sum + value, 0)).toBe(fit.score);
    }
    expect(people[0]?.fit.score).toBeGreaterThan(0);

    const [listed, tested, unknown] = await Promise.all([
      run('fit', 'models'),
      run('fit', 'back-test', 'engineer', '--until', '2026-06-30', '--months', '2', '--json'),
      run('fit', 'back-test', 'welder'),
    ]);
    expect(listed.output).toContain('engineer.1  Engineers');
    const measured = JSON.parse(tested.output) as { outcome: string; models: { model: string; people: number }[] }[];
    expect(measured.map(({ outcome }) => outcome)).toEqual(['interviews', 'hires', 'interviews', 'hires']);
    expect(measured[3]?.models).toMatchObject([{ model: 'engineer', people: 2_500 }]);
    expect(unknown).toMatchObject({
      status: 1,
      output: expect.stringContaining('There is no fit model welder. Fit models: engineer.1,') as unknown,
    });
  }, 120_000);

  it('are looked after by command also where they are by a published scoring model', async () => {
    const model = { ...liveModel, version: 1_000, dormantAfterDays: 7 };
    await rapport.command('POST', '/v1/scoring-models', { model });
    await until('the published scoring model is in shadow', async () => {
      const { body } = await rapport.query('GET', '/v1/scoring-models');
      return (body['items'] as { version: number; state: string }[]).find(
        ({ version, state }) => version === 1_000 && state === 'shadow',
      );
    });
    const [listed, compared, tested, unknown] = await Promise.all([
      run('scoring', 'models'),
      run('scoring', 'compare', String(liveModel.version), '1000', '--json'),
      run('scoring', 'back-test', '1000', '--months', '1', '--json'),
      run('scoring', 'compare', '1000', '4711'),
    ]);
    expect(listed.output).toContain('1000 (shadow)');
    expect(compared.status).toBe(0);
    const { people, crossings } = JSON.parse(compared.output) as { people: number; crossings: Record<string, number> };
    expect(Object.values(crossings).reduce((sum, count) => sum + count, 0)).toBe(people);
    expect(JSON.parse(tested.output)).toHaveLength(2);
    expect(unknown).toMatchObject({
      status: 1,
      output: expect.stringContaining('There is no model 4711.') as unknown,
    });

    const [status, rebuilt, deadLetters, nowhere] = await Promise.all([
      run('projections', 'status'),
      run('projections', 'rebuild', 'engagement-m1000'),
      run('projections', 'dead-letters', 'list', 'engagement-m1000'),
      run('projections', 'verify', 'engagement-m4711'),
    ]);
    expect(status.output).toContain('engagement-m1000');
    expect(rebuilt.output).toContain('build 2, is live');
    expect((await run('projections', 'verify', 'engagement-m1000')).output).toContain('engagement-m1000: equal at ');
    expect(deadLetters.status).toBe(0);
    expect(nowhere).toMatchObject({
      status: 1,
      output: expect.stringContaining('There is no projection "engagement-m4711".') as unknown,
    });
  }, 240_000);

  it('stand still while they are paused, and go on', async () => {
    const asked = async (after: unknown): Promise<number> =>
      (await rapport.query('GET', `/v1/fit-models?after=${String(after)}`)).status;
    expect(await run('projections', 'pause', 'fit-models')).toEqual({ status: 0, output: 'fit-models: paused\n' });
    const after = await published('welder');
    expect(await asked(after)).toBe(503);
    expect(await run('projections', 'resume', 'fit-models')).toEqual({ status: 0, output: 'fit-models: goes on\n' });
    expect(await asked(after)).toBe(200);
    expect((await run('projections', 'resume', 'fit-models')).output).toBe('fit-models: was not stopped\n');
  }, 60_000);

  it('come back after a rebuild, and what is under way can be let go', async () => {
    expect((await run('projections', 'rebuild', timeline.name)).output).toContain('build 2, is live');
    const database = new Database(rapport.instance.databaseUrl, { max: 2 });
    const building = (build: number): Promise<true> =>
      until(`build ${build} is asked for`, async () => {
        const known = await readCheckpoints(database, timeline.name);
        return known.some((one) => one.build === build && one.generation === 'building');
      });
    const letGo = async (): Promise<void> =>
      expect((await run('projections', 'rebuild', timeline.name, '--cancel')).output).toBe('timeline: let go\n');
    try {
      // A query that reads for so long that nothing else can come into view.
      await database.transaction(async (tx) => {
        for (const { name } of timeline.tables) await tx.query(`SELECT FROM read.${name} LIMIT 1`);
        const rollback = run('projections', 'rollback', timeline.name);
        await building(1);
        expect(await run('projections', 'rebuild', timeline.name)).toMatchObject({
          status: 1,
          output: expect.stringContaining('a rollback is under way') as unknown,
        });
        await letGo();
        expect(await rollback).toMatchObject({ status: 2, output: expect.stringContaining('is retired') as unknown });

        const rebuild = run('projections', 'rebuild', timeline.name);
        await building(3);
        await letGo();
        expect(await rebuild).toMatchObject({ status: 2, output: expect.stringContaining('was let go') as unknown });
      });
      expect(await run('projections', 'rollback', timeline.name)).toMatchObject({
        status: 0,
        output: expect.stringContaining('build 1, is live') as unknown,
      });
    } finally {
      await database.close();
    }
  }, 120_000);

  it('take up what they had set aside, once what was wrong is mended', async () => {
    const database = new Database(rapport.instance.databaseUrl, { max: 1 });
    const replay = (): Promise<Ended> => run('projections', 'dead-letters', 'replay', 'fit-models');
    try {
      await database.query(`ALTER TABLE read.fit_models_v1 ADD CONSTRAINT mistake CHECK (name <> 'plumber') NOT VALID`);
      await published('plumber');
      await until('it is set aside', async () => (await listDeadLetters(database)).length > 0);
      const listed = (await run('projections', 'dead-letters', 'list')).output;
      expect(listed).toMatch(/fit-models.*fit-model\.published.*refused-23514/);
      expect(await replay()).toEqual({ status: 2, output: '0 taken in, 1 left.\n' });
      await database.query('ALTER TABLE read.fit_models_v1 DROP CONSTRAINT mistake');
      expect(await replay()).toEqual({ status: 0, output: '1 taken in, 0 left.\n' });
      expect((await run('fit', 'models')).output).toContain('plumber.1');
    } finally {
      await database.close();
    }
  }, 60_000);

  it('are what the log gives when it is folded anew', async () => {
    const verified = await run('projections', 'verify');
    const equal = [...verified.output.matchAll(/^(\S+): equal at /gm)].map(([, name]) => name);
    // Everybody's standing by the published scoring model, too.
    const all = [...readModels.map(({ name }) => name), 'engagement-m1000'];
    expect({ equal: equal.toSorted(), output: verified.output }).toMatchObject({ equal: all.toSorted() });
    expect(verified.status).toBe(0);
  }, 120_000);
});
