import { makeTemporaryHome, packageRoot } from '#libs/embedded';
import { EventLog } from '#libs/event-store';
import { systemClock } from '#libs/kernel';
import { PAUSED_BY_OPERATOR, ReadModelGate, readCheckpoints, setCheckpointState } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { createReadStream, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from '../demo/answers.js';
import { generateHistory } from '../demo/history.js';
import { HistoryLoader } from '../demo/load-history.js';
import { readApplicants } from '../importing/applicants.js';
import { importRecords } from '../importing/import-records.js';
import { Importer } from '../importing/importer.js';
import { readJsonResume } from '../importing/json-resume.js';
import { ImportReport } from '../importing/report.js';
import { openWriteSide } from '../importing/write-side.js';
import { wholeNumber } from './option-values.js';
import { readModels } from './projections/read-models.js';
import { startRapport } from '../running/start-rapport.js';
import { aborted, stopOnSignals } from '../running/stop-signals.js';
import { say } from '../terminal.js';

interface DemoOptions {
  readonly candidates: string;
  readonly seed: string;
  readonly keep: boolean;
}

/** The history ends here, whenever the demo runs: the same seed prints the same answers. */
const END = new Date('2026-06-30T00:00:00Z');
/** After the history, so that the two cohorts don't mix. */
const APPLICANTS_AS_OF = new Date('2026-07-01T00:00:00Z');
const PROJECTIONS = readModels.map(({ name }) => name);
const PATIENCE_MILLISECONDS = 600_000;

const dataFile = (name: string): string => join(packageRoot, 'test/data', name);

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

const demo = async ({ candidates, seed, keep }: DemoOptions): Promise<void> => {
  const people = wholeNumber(candidates, '--candidates', 1_000_000);
  const seedNumber = wholeNumber(seed, '--seed', 1_000_000);
  const home = makeTemporaryHome();
  const began = performance.now();
  const { asked, dispose } = stopOnSignals(() => say('Stopping; once more to stop at once.'));
  try {
    say('Starting PostgreSQL, the event store and the apps in a temporary folder …');
    const rapport = await startRapport({ home, apps: true, apart: true, durable: false, signal: asked });
    say(`  up after ${seconds(began)}`);
    const writeSide = await openWriteSide({ ...rapport.addresses, secretsDir: rapport.secretsDir });
    try {
      const database = writeSide.get(Database);
      // On two cores, loading and projecting at once take longer than one after the other.
      await switchProjections(database, 'paused');
      await fill(writeSide, people, seedNumber);
      const waiting = performance.now();
      await switchProjections(database, 'running');
      await caughtUp(database, writeSide.get(EventLog));
      say(`  read models caught up ${seconds(waiting)} later`);
      for (const answer of await answers(database, END, APPLICANTS_AS_OF)) say(answer);
    } finally {
      await writeSide.close();
    }
    say(`\nAll of it in ${seconds(began)}.`);
    if (keep) {
      const { commandApiUrl, queryApiUrl } = rapport.addresses;
      say(
        `Still running: command API ${commandApiUrl}/docs, query API ${queryApiUrl}/docs, keys in ${rapport.secretsDir}. Ctrl-C ends it.`,
      );
      await aborted(asked);
    }
    await rapport.stop();
  } catch (error) {
    if (!asked.aborted) throw error;
  } finally {
    dispose();
    rmSync(home.root, { recursive: true, force: true, maxRetries: 5 });
  }
};

const switchProjections = async (database: Database, to: 'paused' | 'running'): Promise<void> => {
  for (const checkpoint of await readCheckpoints(database)) {
    await setCheckpointState(database, checkpoint, to, to === 'paused' ? PAUSED_BY_OPERATOR : undefined);
  }
};

const fill = async (
  writeSide: Awaited<ReturnType<typeof openWriteSide>>,
  people: number,
  seed: number,
): Promise<void> => {
  const importer = new Importer(writeSide, systemClock);
  let since = performance.now();
  const applicants = new ImportReport();
  await importRecords(
    readApplicants(createReadStream(dataFile('funnel/applicants_2500.csv'))),
    importer.applicants(APPLICANTS_AS_OF),
    applicants,
  );
  say(`  applicants file: ${applicants.lines()[0]} in ${seconds(since)}`);

  const resumes = new ImportReport();
  const files = readdirSync(dataFile('profiles')).filter((name) => name.endsWith('.resume.json'));
  await importRecords(
    files.map((name) => readJsonResume(readFileSync(dataFile(`profiles/${name}`), 'utf8'), 1, END)),
    importer.candidates,
    resumes,
  );
  say(`  resumes: ${resumes.lines()[0]}`);

  since = performance.now();
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: '  history {bar} {value}/{total} people | {eta_formatted} left',
        stream: process.stderr,
        clearOnComplete: true,
      })
    : undefined;
  bar?.start(people, 0);
  const loader = new HistoryLoader(writeSide);
  await loader.load(generateHistory({ seed, candidates: people, until: END }), () => bar?.increment());
  bar?.stop();
  say(`  history: ${people} people, ${loader.events} events in ${seconds(since)}`);
};

const caughtUp = async (database: Database, log: EventLog): Promise<void> => {
  const gate = new ReadModelGate(database);
  try {
    const head = await log.head();
    for (const name of PROJECTIONS) {
      const answer = await gate.waitFor(name, head, PATIENCE_MILLISECONDS);
      if (answer !== 'reached')
        throw new Error(
          `The read model ${name} is ${answer}; its log is in the temporary folder's logs/projector.log.`,
        );
    }
  } finally {
    await gate.onApplicationShutdown();
  }
};

export const registerDemo = (program: Command): void => {
  program
    .command('demo')
    .description('From nothing, in a temporary folder: fill Rapport with a history and answer the main questions.')
    .option('--candidates <number>', 'how many people the generated history has; about twenty events each', '5000')
    .option('--seed <number>', 'another number, another history', '7')
    .option('--keep', 'keep running afterwards, to look around', false)
    .action((options: DemoOptions) => demo(options));
};
