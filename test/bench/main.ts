import 'reflect-metadata';
import { Database } from '#libs/read-store';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { Stage } from '../chaos/stage.js';
import type { Bench, Case } from './case.js';
import { appends } from './cases/appends.js';
import { catchUp } from './cases/catch-up.js';
import { bulk, commands, visible } from './cases/http.js';
import { rebuild } from './cases/rebuild.js';
import { webhooks } from './cases/webhooks.js';
import { markdown, passes, type Measured } from './report.js';

const cases: Readonly<Record<string, Case>> = {
  'catch-up': catchUp,
  appends,
  commands,
  bulk,
  visible,
  rebuild,
  webhooks,
};
/** Where others use the machine, only ratios and CPU time say something. */
const QUIET_LOAD = 0.5;
const SETTINGS = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const describeMachine = (): void => {
  const [load = 0] = loadavg();
  say(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`,
  );
  say(`load average ${load.toFixed(2)}${load > QUIET_LOAD ? ': NOT QUIET, rates are too low' : ''}`);
};

const describePostgres = async (stage: Stage): Promise<void> => {
  const database = new Database(stage.databaseUrl, { max: 1, applicationName: 'bench' });
  try {
    const rows = await database.query<{ name: string; setting: string; unit: string | null }>(
      'SELECT name, setting, unit FROM pg_settings WHERE name = ANY($1) ORDER BY name',
      [SETTINGS],
    );
    say(
      `PostgreSQL: ${rows.map(({ name, setting, unit }) => `${name} ${setting}${unit ? ` × ${unit}` : ''}`).join(', ')}`,
    );
  } finally {
    await database.close();
  }
};

const runCase = async (
  name: string,
  run: Case,
  options: Pick<Bench, 'quick' | 'runs' | 'events'>,
): Promise<Measured[]> => {
  say(`\n## ${name}`);
  const stage = await Stage.open();
  const measured: Measured[] = [];
  try {
    await describePostgres(stage);
    const pids = (apps: Readonly<Record<string, number | undefined>> = {}): ReadonlyMap<string, number> =>
      new Map(
        Object.entries({ node: stage.pid('node'), postgres: stage.pid('postgres'), ...apps }).filter(
          (entry): entry is [string, number] => entry[1] !== undefined,
        ),
      );
    for await (const one of run({ stage, ...options, pids })) {
      say(`${one.name}: ${one.value.toFixed(2)} ${one.unit}${one.correct ? '' : ' WRONG'}`);
      // So little work has no speed: what counts is that nothing is lost.
      measured.push(options.quick ? { ...one, target: undefined } : one);
    }
  } finally {
    await stage.close();
  }
  return measured;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' }, events: { type: 'string' } },
});
const unknown = positionals.find((name) => !(name in cases));
const runs = Number(values.runs ?? (values.quick ? 1 : 3));
const events = values.events === undefined ? undefined : Number(values.events);
if (unknown !== undefined || ![runs, events ?? 1].every((number) => Number.isInteger(number) && number >= 1)) {
  say(
    `Cases: ${Object.keys(cases).join(', ')}. --runs and --events take a whole number from 1; --quick measures little.`,
  );
  process.exit(2);
}

describeMachine();
const all: Measured[] = [];
for (const [name, run] of Object.entries(cases))
  if (positionals.length === 0 || positionals.includes(name))
    all.push(...(await runCase(name, run, { quick: values.quick, runs, events })));

say(`\n${markdown(all)}`);
const missed = [...new Set(all.map(({ name }) => name))].filter(
  (name) => !passes(all.filter((one) => one.name === name)),
);
if (missed.length > 0) process.exitCode = 1;
const good = values.quick ? 'Every event is accounted for.' : 'All targets reached.';
say(missed.length === 0 ? `\n${good}` : `\nNot reached: ${missed.join('; ')}.`);
