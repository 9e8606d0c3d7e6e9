import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModels } from '../../apps/projector/src/read-models.js';
import { nameOf, type Operation } from '../fuzz/documents.js';
import { FuzzedApps } from '../fuzz/fuzzed-apps.js';
import { runLanes, type FoundFault } from '../fuzz/lanes.js';
import { anyOwnWord } from '../fuzz/living.js';
import { hangUp } from '../fuzz/sent-request.js';
import { checkStored } from '../fuzz/stored-events.js';
import { commandLine } from './support/command-line.js';
import { RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

/** `npm run fuzz` sends 100,000; another seed makes others. */
const REQUESTS = Number(process.env['RAPPORT_FUZZ_REQUESTS'] ?? 2_000);
const SEED = Number(process.env['RAPPORT_FUZZ_SEED'] ?? 20_260_301);
const LANES = 16;

const byName = (a: string, b: string): number => a.localeCompare(b);
const told = ({ key, text, times, seed }: FoundFault): string =>
  `${key}\n  ${times} times; lane's seed ${seed}\n  ${text}`;

/** What's signed by others, and what's only there after they told something. */
const unservable = /\/v1\/(webhooks\/|unmatched-deliveries\/\{id\})/;
const isServable = (operation: Operation): boolean => !unservable.test(nameOf(operation));
/** Rounds of requests for what no request has succeeded with by chance, at most. */
const ROUNDS = 4;
/** Requests for each operation of a round. */
const EXTRA = 60;

/**
 * What no request has succeeded with, together with what makes the things that it's about: of past states and histories few
 * are kept, and the history of a segment takes one.
 */
const stillToServe = ({ operations, journal }: FuzzedApps): Operation[] => {
  const missed = operations.filter((operation) => isServable(operation) && !journal.served.has(nameOf(operation)));
  const made = missed.map(({ template }) => template);
  if (made.some((template) => template.startsWith('/v1/segment-histories'))) made.push('/v1/pools/{id}');
  const makers = operations.filter(
    ({ method, template }) => method === 'POST' && made.some((one) => one.startsWith(`${template}/{`)),
  );
  return [...new Set([...missed, ...(missed.length > 0 ? makers : [])])];
};

describe(`${REQUESTS} requests made from the OpenAPI documents, seed ${SEED}`, () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;
  let apps: FuzzedApps;

  beforeAll(async () => {
    rapport = await RapportProcess.start(home, {
      RAPPORT_READ_WAIT_MS: '300',
      // It's meant to call more often, and with more keys that aren't valid, than anybody may.
      RAPPORT_RATE_SERVICE: '0',
      RAPPORT_RATE_PEOPLE: '0',
      RAPPORT_RATE_FAILURES: '0',
      RAPPORT_RATE_SIGN_UPS: '0',
      // Nor does it read what it fills in.
      RAPPORT_SIGN_UP_LEAST_SECONDS: '0',
    });
    apps = await FuzzedApps.of(rapport);
  }, 90_000);

  afterAll(async () => {
    hangUp();
    await rapport?.stop();
    remove();
  }, 60_000);

  it(
    'are answered as the documents say: no 500, nothing of the inside, no hang',
    async () => {
      const since = performance.now();
      const found = await runLanes(apps, { seed: SEED, requests: REQUESTS, lanes: LANES });
      for (let round = 0; round < ROUNDS; round++) {
        const operations = stillToServe(apps);
        if (operations.length === 0) break;
        const requests = apps.journal.requests + operations.length * EXTRA;
        found.push(...(await runLanes(apps, { seed: SEED + LANES + round, requests, lanes: 1, operations })));
      }
      const seconds = (performance.now() - since) / 1_000;
      const { requests, served, statuses, slowestMilliseconds } = apps.journal;
      process.stderr.write(
        `${requests} requests in ${seconds.toFixed(1)} s, the slowest ${Math.round(slowestMilliseconds)} ms\n` +
          [...statuses]
            .toSorted(([a], [b]) => byName(a, b))
            .map(([status, count]) => `  ${status}: ${count}\n`)
            .join(''),
      );
      expect(found.map(told).join('\n\n')).toBe('');
      expect(requests).toBeGreaterThanOrEqual(REQUESTS);
      const servable = apps.operations.filter(isServable).map(nameOf);
      expect([...served].toSorted(byName)).toEqual(servable.toSorted(byName));
    },
    REQUESTS * 60 + 120_000,
  );

  it('leave in the log what was accepted, once, and nothing else', async () => {
    const { events, accepted, faults } = await checkStored(rapport.instance.eventStoreUrl, apps.journal);
    process.stderr.write(`${accepted} commands accepted, ${events} events\n`);
    expect(faults.slice(0, 20)).toEqual([]);
    expect(accepted).toBeGreaterThan(REQUESTS / 20);
  }, 120_000);

  it('leave nothing of themselves in any log', () => {
    const folder = join(home, '.rapport/logs');
    const logs = [...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')), rapport.output];
    const lines = logs.flatMap((text) => text.split('\n'));
    expect(lines.length).toBeGreaterThan(REQUESTS / 2);
    expect(lines.filter((line) => anyOwnWord.test(line)).slice(0, 10)).toEqual([]);
    const errors = lines.filter((line) => /"level":"(error|fatal)"/.test(line) && !line.includes('"status":503'));
    expect(errors.slice(0, 10)).toEqual([]);
  });

  it('leave read models that took in all of it', async () => {
    const status = await until(
      'the projections to have read everything',
      async () => {
        const { body } = await rapport.query('GET', '/v1/projections');
        const items = body['items'] as { position: string; state: string }[];
        return items.every(({ position }) => position === body['head']) ? items : undefined;
      },
      120_000,
    );
    expect(status.map(({ state }) => state)).toEqual(status.map(() => 'running'));
  }, 150_000);

  // Of a short run, `read-models.e2e-spec` is proof enough.
  if (REQUESTS > 10_000)
    it('leave read models that are what the log says', async () => {
      const { status, output } = await commandLine(home)('projections', 'verify');
      const equal = [...output.matchAll(/^(\S+): equal at /gm)].map(([, name]) => name);
      // With those of the scoring models that were published meanwhile.
      const names = expect.arrayContaining(readModels.map(({ name }) => name)) as unknown;
      expect({ status, equal, output }).toMatchObject({ status: 0, equal: names });
    }, 600_000);
});
