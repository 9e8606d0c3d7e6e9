import { compiled } from '#libs/embedded';
import { readCheckpoints } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { spawn } from 'node:child_process';
import { readModels } from '../../../apps/projector/src/read-models.js';
import type { Bench, Case } from '../case.js';
import { CpuMeter, peakMebibytes } from '../process-cost.js';
import { caughtUp, rowsChecked, wrongReadModels } from '../read-models.js';
import type { Measured } from '../report.js';

const EVENTS = 2_000_000;
const LEAST_RATE = 20_000;
const SAMPLE_MILLISECONDS = 250;

interface CommandRun {
  readonly milliseconds: number;
  /** Undefined where there's no /proc. */
  readonly peak: number | undefined;
}

/** Runs `rapport projections rebuild` for all read models, as an operator does. */
const rebuildByCommand = ({ stage }: Bench): Promise<CommandRun> =>
  new Promise((resolve, reject) => {
    const { databaseUrl, eventStoreUrl, secretsDir } = stage.addresses;
    const began = performance.now();
    const command = spawn(process.execPath, [compiled('apps/rapport/src/main'), 'projections', 'rebuild'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: databaseUrl,
        EVENTSTORE_URL: eventStoreUrl,
        RAPPORT_SECRETS_DIR: secretsDir,
      },
    });
    // It has gone when its exit is told, so its peak is looked at meanwhile.
    let peak: number | undefined;
    const sampling = setInterval(() => {
      if (command.pid !== undefined) peak = peakMebibytes(command.pid) ?? peak;
    }, SAMPLE_MILLISECONDS);
    command.once('error', (error) => {
      clearInterval(sampling);
      reject(error);
    });
    command.once('exit', (code) => {
      clearInterval(sampling);
      if (code === 0) resolve({ milliseconds: performance.now() - began, peak });
      else reject(new Error(`The rebuild ended with ${code}.`));
    });
  });

/** The builds that are live, by read model. */
const liveBuilds = async (database: Database): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (await readCheckpoints(database))
      .filter(({ generation }) => generation === 'live')
      .map(({ projection, build }) => [projection, build]),
  );

/** All read models anew by the running projector, beside their live tables, until all have swapped. */
export const rebuild: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs, pids } = bench;
  const { events } = await stage.load(bench.events ?? (quick ? 1_000 : EVENTS), { seed: 11, witnesses: 0 });
  const database = new Database(stage.databaseUrl, { max: 2, applicationName: 'bench' });
  try {
    const projector = await stage.app('projector', stage.databaseUrl);
    await caughtUp(database, stage.log);
    for (let run = 0; run < runs; run++) {
      const before = await liveBuilds(database);
      const meter = new CpuMeter(pids({ projector: projector.pid() }));
      const command = await rebuildByCommand(bench);
      const cost = `${meter.perEvent(events)}; peak ${meter.peaks()}, command ${command.peak ?? 'not measured'} MiB`;
      const after = await liveBuilds(database);
      const swapped = readModels.filter(({ name }) => (after.get(name) ?? 0) > (before.get(name) ?? 0)).length;
      const wrong = await wrongReadModels({ ...stage.addresses, database });
      yield {
        name: `rebuild of all read models beside live tables, ${events} events`,
        unit: 'events/s',
        value: (events * 1_000) / command.milliseconds,
        correct: wrong.length === 0 && swapped === readModels.length,
        checked: `${swapped} of ${readModels.length} swapped; ${rowsChecked(wrong)}`,
        target: { kind: 'least', value: LEAST_RATE },
        cost,
      };
    }
  } finally {
    await database.close();
  }
};
