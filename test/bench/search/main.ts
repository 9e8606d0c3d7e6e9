import 'reflect-metadata';
import { Database } from '#libs/read-store';
import { engagement } from '#projections/engagement';
import { identity } from '#projections/identity';
import { relationship } from '#projections/relationship';
import { scoringModels } from '#projections/scoring-models';
import { talentSearch } from '#projections/talent-search';
import { ensureGeneration } from '#libs/projecting';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Stage } from '../../chaos/stage.js';
import { markdown, passes, type Measured } from '../report.js';
import { isLoaded, loadPeople } from './loading.js';
import { EVENTS_EACH } from './population.js';
import { hottest } from './hottest.js';
import { recordCost } from './record-cost.js';
import { facetCounts, sentences } from './searches.js';
import { throughLog } from './through-log.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    searches: { type: 'string', default: '300' },
    data: { type: 'string' },
  },
});
const [people, searches] = [Number(values.people), Number(values.searches)];
if (!Number.isInteger(people) || people < 1_000 || !Number.isInteger(searches) || searches < 1) {
  say('--people takes a whole number from 1000, --searches one from 1.');
  process.exit(2);
}

say(`load average ${(loadavg()[0] ?? 0).toFixed(2)}`);
const stage = await Stage.open(values.data);
const database = new Database(stage.databaseUrl, { max: 2, applicationName: 'bench' });
const measured: Measured[] = [];
const take = (one: Measured): void => {
  say(`${one.name}: ${one.value.toFixed(2)} ${one.unit}${one.correct ? '' : ' WRONG'}`);
  measured.push(one);
};
/** So many of the people go through the log too. */
const ONE_IN = 50;
/** The read models that are searched. */
const loaded = [talentSearch, engagement];
const load = async (): Promise<void> => {
  const began = performance.now();
  let told = 0;
  await loadPeople(database, loaded, people, (count) => {
    if (count - told < people / 20) return;
    told = count;
    say(`${count} people folded after ${Math.round((performance.now() - began) / 1_000)} s`);
  });
};
try {
  for (const projection of [identity, relationship, scoringModels]) await ensureGeneration(database, projection);
  const began = performance.now();
  if (await isLoaded(database, loaded, people)) say(`${people} people are there from an earlier run.`);
  else await load();
  const seconds = (performance.now() - began) / 1_000;
  const [row] = await database.query<{ people: string; facts: string }>(
    'SELECT (SELECT count(*) FROM read.talent) AS people, (SELECT count(*) FROM read.talent_facts) AS facts',
  );
  take({
    name: `loading ${people} people with ${EVENTS_EACH} interactions each, indexes and statistics included`,
    unit: 's',
    value: seconds,
    correct: Number(row?.people) === people && Number(row?.facts) === people * EVENTS_EACH,
    checked: `${row?.people} people, ${row?.facts} interactions`,
  });
  take(await throughLog(stage, database, loaded, Math.ceil(people / ONE_IN)));
  const app = await stage.app('query-api', stage.databaseUrl);
  const api = { url: app.url, key: stage.keys.analyst };
  for await (const one of sentences(api, database, searches)) take(one);
  for await (const one of hottest(api, Math.max(10, Math.round(searches / 3)))) take(one);
  take(await recordCost(database, searches));
  for await (const one of facetCounts(api, Math.max(10, Math.round(searches / 5)))) take(one);
} finally {
  await database.close();
  await stage.close();
}
say(`\n${markdown(measured)}`);
const missed = measured.filter((one) => !passes([one])).map(({ name }) => name);
if (missed.length > 0) process.exitCode = 1;
say(missed.length === 0 ? '\nAll targets reached.' : `\nNot reached: ${missed.join('; ')}.`);
