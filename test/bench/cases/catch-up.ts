import { Baselines } from '../baselines/baselines.js';
import type { Bench, Case } from '../case.js';
import { cpuMilliseconds, CpuMeter } from '../process-cost.js';
import { caughtUp, rowsChecked, wrongReadModels } from '../read-models.js';
import type { Measured } from '../report.js';
import { runAgent } from '../run-agent.js';

const LEAST_RATIO = 0.6;
/** Of the faster baseline. */
const LEAST_TIMES = 15;
/** They're many times slower, and a rate is by the event. */
const BASELINE_EVENTS = 10_000;

interface CaughtUp {
  readonly milliseconds: number;
  readonly wrong: readonly string[];
  readonly cost: string;
}

/** A projector on a database without read models: from the start of its process until all are at the head. */
const projectAll = async ({ stage, pids }: Bench, name: string, events: number): Promise<CaughtUp> => {
  const database = await stage.branch(name);
  const servers = new CpuMeter(pids());
  const began = performance.now();
  const projector = await stage.app('projector', database.url);
  await caughtUp(database, stage.log);
  const milliseconds = performance.now() - began;
  const pid = projector.pid();
  const used = pid === undefined ? undefined : cpuMilliseconds(pid);
  // Of its whole life: it did nothing else.
  const own = used === undefined ? 'not measured' : `${Math.round((used * 1_000) / events)} µs`;
  const peaks = new CpuMeter(pids({ projector: pid })).peaks();
  const cost = `${servers.perEvent(events)}, projector ${own}; peak ${peaks}`;
  await projector.stop();
  const wrong = await wrongReadModels({ ...stage.addresses, databaseUrl: database.url, database });
  return { milliseconds, wrong, cost };
};

/**
 * Catch-up into all read models beside a bare subscription that the same client drains, and beside others' ways to project.
 * All are timed from the start of their process.
 */
export const catchUp: Case = async function* (bench): AsyncGenerator<Measured> {
  const { stage, quick, runs } = bench;
  const { events } = await stage.load(quick ? 1_000 : 200_000, { seed: 7, witnesses: 0 });
  const head = String((await stage.log.head()).commit);
  const baselines = await Baselines.open(bench, quick ? 500 : BASELINE_EVENTS);
  for (let run = 0; run < runs; run++) {
    const question = { eventStoreUrl: stage.addresses.eventStoreUrl, upTo: head };
    const bare = await runAgent<{ events: number }>('drain', question);
    const drained = bare.answer.events;
    const all = await projectAll(bench, `catch_up_${run}`, events);
    const bareRate = (drained * 1_000) / bare.milliseconds;
    const rate = (events * 1_000) / all.milliseconds;
    const drainedAll = drained === events;
    yield {
      name: `bare subscription, ${events} events`,
      unit: 'events/s',
      value: bareRate,
      correct: drainedAll,
      checked: `${drained} of ${events} events drained`,
      cost: `client ${Math.round((bare.cpuMilliseconds * 1_000) / events)} µs`,
    };
    const correct = all.wrong.length === 0;
    yield {
      name: `catch-up into all read models`,
      unit: 'events/s',
      value: rate,
      correct,
      checked: rowsChecked(all.wrong),
      cost: all.cost,
    };
    yield {
      name: 'catch-up over bare subscription',
      unit: '×',
      value: rate / bareRate,
      correct: correct && drainedAll,
      checked: rowsChecked(all.wrong),
      target: { kind: 'least', value: LEAST_RATIO },
    };
    const [emmett, typeorm] = [await baselines.emmett(run), await baselines.typeorm(run)];
    yield emmett;
    yield typeorm;
    yield {
      name: 'catch-up into all read models over the faster baseline',
      unit: '×',
      value: rate / Math.max(emmett.value, typeorm.value),
      correct: correct && emmett.correct && typeorm.correct,
      checked: `${rowsChecked(all.wrong)}; baselines: ${emmett.checked}, ${typeorm.checked}`,
      target: { kind: 'least', value: LEAST_TIMES },
    };
  }
};
