import { newId } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { startBareApi, type BareApi } from '../bare-api.js';
import type { Bench, Case } from '../case.js';
import { factsAfter } from '../facts-in-log.js';
import { CpuMeter } from '../process-cost.js';
import { caughtUp, wrongReadModels } from '../read-models.js';
import { percentile, type Measured } from '../report.js';
import { runAgent } from '../run-agent.js';

/** The apps on the stage's first database, its read models caught up, and what a case needs of them. */
const open = async (
  { stage }: Bench,
  candidates: number,
): Promise<{
  readonly candidates: readonly string[];
  readonly database: Database;
  readonly commands: Awaited<ReturnType<Bench['stage']['app']>>;
  readonly projector: Awaited<ReturnType<Bench['stage']['app']>>;
}> => {
  const { witnesses } = await stage.load(0, { seed: 3, witnesses: candidates });
  const database = new Database(stage.databaseUrl, { max: 2, applicationName: 'bench' });
  const projector = await stage.app('projector', stage.databaseUrl);
  const commands = await stage.app('command-api', stage.databaseUrl);
  await caughtUp(database, stage.log);
  return { candidates: witnesses, database, commands, projector };
};

/** Whether each accepted fact is in the log once, and the rows are what the log gives. */
const account = async (
  { stage }: Bench,
  {
    database,
    accepted,
    after,
  }: { database: Database; accepted: number; after: Awaited<ReturnType<Bench['stage']['log']['head']>> },
): Promise<{ correct: boolean; checked: string }> => {
  const { events, facts } = await factsAfter(stage.log, after);
  await caughtUp(database, stage.log);
  const wrong = await wrongReadModels({ ...stage.addresses, database });
  return {
    correct: events === accepted && facts === accepted && wrong.length === 0,
    checked: `${accepted} accepted, ${events} events of ${facts} facts; rows ${wrong.length === 0 ? 'equal the log' : `WRONG in ${wrong.join(', ')}`}`,
  };
};

interface Load {
  readonly accepted: number;
  /** Of these, after the warm-up. */
  readonly timed: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p99: number;
}

/** Records interactions on 64 connections, and says what one cost: the servers, the app, and whoever makes the load. */
const load = async (
  { stage, quick, pids }: Bench,
  { candidates, projector }: Awaited<ReturnType<typeof open>>,
  app: { readonly name: string; readonly url: string; readonly pid: number | undefined },
): Promise<{ answer: Load; cost: string }> => {
  const [requests, warmUp] = quick ? [1_000, 100] : [40_000, 4_000];
  const meter = new CpuMeter(pids({ [app.name]: app.pid, projector: projector.pid() }));
  const { answer, cpuMilliseconds } = await runAgent<Load>('interactions', {
    url: app.url,
    key: stage.keys.service,
    candidates,
    connections: 64,
    requests,
    warmUp,
    run: newId(),
  });
  const sent = requests + warmUp;
  const generator = Math.round((cpuMilliseconds * 1_000) / sent);
  return { answer, cost: `${meter.perEvent(sent)}, generator ${generator} µs; peak ${meter.peaks()}` };
};

/** Commands, in turn with the same requests to a server that does the least. */
export const commands: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs } = bench;
  const on = await open(bench, quick ? 100 : 5_000);
  const bare = await startBareApi(stage.eventStoreUrl);
  try {
    for (let run = 0; run < runs; run++) {
      const after = await stage.log.head();
      const { answer, cost } = await load(bench, on, {
        name: 'command-api',
        url: on.commands.url,
        pid: on.commands.pid(),
      });
      const found = await account(bench, { database: on.database, accepted: answer.accepted, after });
      const checked = `${found.checked}, ${answer.refused} refused`;
      const correct = found.correct && answer.refused === 0;
      yield {
        name: `commands over HTTP, 64 connections, ${on.candidates.length} candidates`,
        unit: 'accepted/s',
        value: answer.timed / answer.seconds,
        correct,
        checked,
        target: { kind: 'least', value: 2_000 },
        cost,
      };
      yield {
        name: 'commands over HTTP, p99',
        unit: 'ms',
        value: answer.p99,
        correct,
        checked,
        target: { kind: 'below', value: 100 },
      };
      yield* bareCommands(bench, on, bare);
    }
  } finally {
    await bare.close();
    await on.database.close();
  }
};

/** What the machine, the client and the store allow at most. */
async function* bareCommands(
  bench: Bench,
  on: Awaited<ReturnType<typeof open>>,
  bare: BareApi,
): AsyncGenerator<Measured> {
  const after = await bench.stage.log.head();
  const { answer, cost } = await load(bench, on, { name: 'bare server', ...bare });
  const { events } = await factsAfter(bench.stage.log, after);
  await caughtUp(on.database, bench.stage.log);
  const correct = events === answer.accepted && answer.refused === 0;
  const checked = `${answer.accepted} accepted, ${events} events, ${answer.refused} refused`;
  yield {
    name: 'the same requests to a bare server that appends them and does nothing else',
    unit: 'accepted/s',
    value: answer.timed / answer.seconds,
    correct,
    checked,
    cost,
  };
  yield { name: 'the bare server, p99', unit: 'ms', value: answer.p99, correct, checked };
}

export const bulk: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs, pids } = bench;
  const on = await open(bench, quick ? 100 : 5_000);
  const shapes = [
    { eventsEach: 20, least: 10_000 },
    { eventsEach: 1, least: 3_000 },
  ];
  try {
    for (let run = 0; run < runs; run++) {
      for (const { eventsEach, least } of shapes) {
        const events = eventsEach * on.candidates.length;
        const after = await stage.log.head();
        const meter = new CpuMeter(pids({ 'command-api': on.commands.pid(), projector: on.projector.pid() }));
        const { answer } = await runAgent<{ milliseconds: number; accepted: number }>('bulk', {
          url: on.commands.url,
          key: stage.keys.service,
          candidates: on.candidates,
          eventsEach,
          run: newId(),
        });
        const cost = `${meter.perEvent(events)}; peak ${meter.peaks()}`;
        const found = await account(bench, { database: on.database, accepted: answer.accepted, after });
        yield {
          name: `bulk NDJSON, ${eventsEach} a candidate`,
          unit: 'events/s',
          value: (events * 1_000) / answer.milliseconds,
          correct: found.correct && answer.accepted === events,
          checked: `${found.checked}, of ${events} sent`,
          target: { kind: 'least', value: least },
          cost,
        };
      }
    }
  } finally {
    await on.database.close();
  }
};

export const visible: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs, pids } = bench;
  const on = await open(bench, quick ? 50 : 500);
  try {
    // As many rows are read as are written: more than a person may ask for.
    const queries = await stage.app('query-api', stage.databaseUrl, { RAPPORT_RATE_PEOPLE: '0' });
    for (let run = 0; run < runs; run++) {
      const [events, warmUp] = quick ? [100, 50] : [4_000, 2_000];
      const after = await stage.log.head();
      const meter = new CpuMeter(
        pids({ 'command-api': on.commands.pid(), projector: on.projector.pid(), 'query-api': queries.pid() }),
      );
      const { answer } = await runAgent<{
        milliseconds: number[];
        accepted: number;
        failed: number;
        stale: number;
        seconds: number;
      }>('visible', {
        commandApiUrl: on.commands.url,
        queryApiUrl: queries.url,
        keys: stage.keys,
        candidates: on.candidates,
        perSecond: 200,
        events,
        warmUp,
        run: newId(),
      });
      const cost = meter.perEvent(events + warmUp);
      const found = await account(bench, { database: on.database, accepted: answer.accepted, after });
      const correct = found.correct && answer.failed === 0 && answer.stale === 0;
      const reached = (answer.accepted - warmUp) / answer.seconds;
      const checked = `${found.checked}, ${answer.failed} failed, ${answer.stale} stale, at ${reached.toFixed(0)}/s`;
      for (const [percent, below] of [
        [50, 20],
        [99, 100],
      ] as const)
        yield {
          name: `commit to visible in a query, p${percent}`,
          unit: 'ms',
          value: percentile(answer.milliseconds, percent),
          correct,
          checked,
          target: { kind: 'below', value: below },
          cost,
        };
      // Quick answers at a lower rate than was asked for would show nothing. The time includes the last answers'.
      yield {
        name: 'commit to visible in a query, rate reached',
        unit: 'accepted/s',
        value: reached,
        correct,
        checked,
        target: { kind: 'least', value: 195 },
      };
    }
  } finally {
    await on.database.close();
  }
};
