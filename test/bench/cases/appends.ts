import { START } from '#libs/kernel';
import { Database } from '#libs/read-store';
import type { Case } from '../case.js';
import { factsAfter } from '../facts-in-log.js';
import { CpuMeter } from '../process-cost.js';
import type { Measured } from '../report.js';
import { runAgent } from '../run-agent.js';

const IN_FLIGHT = [1, 16, 64, 256];
/** Of the server's 200 connections, what may be used beside the node's and the others'. */
const CONNECTIONS = 180;

interface Appended {
  readonly milliseconds: number;
  readonly appended: number;
}

/** One event an append, each to a stream of its own, beside one row a transaction in the same PostgreSQL. */
export const appends: Case = async function* ({ stage, quick, runs, pids }): AsyncGenerator<Measured> {
  const database = new Database(stage.databaseUrl, { max: 2, applicationName: 'bench' });
  try {
    // As the node's own table, without what makes it a log.
    await database.query(
      `CREATE TABLE bench_events (position bigserial PRIMARY KEY, stream text NOT NULL, revision bigint NOT NULL,
         id uuid NOT NULL, type text NOT NULL, bytes bytea NOT NULL, UNIQUE (stream, revision))`,
    );
    for (let run = 0; run < runs; run++) {
      for (const inFlight of IN_FLIGHT) {
        const events = (quick ? 50 : 3_000) * Math.min(inFlight, 8);
        const before = (await stage.log.head()) ?? START;
        const meter = new CpuMeter(pids());
        const { eventStoreUrl } = stage.addresses;
        const node = await runAgent<Appended>('append', { to: 'node', url: eventStoreUrl, inFlight, events });
        const cost = meter.perEvent(events);
        const { facts } = await factsAfter(stage.log, before);
        yield {
          name: `appends to the node, ${inFlight} in flight`,
          unit: 'events/s',
          value: (events * 1_000) / node.answer.milliseconds,
          correct: facts === node.answer.appended,
          checked: `${facts} of ${node.answer.appended} in the log`,
          cost,
        };
        await database.query('TRUNCATE bench_events');
        const connections = Math.min(inFlight, CONNECTIONS);
        const question = { to: 'postgres', url: stage.databaseUrl, inFlight: connections, events };
        const raw = await runAgent<Appended>('append', question);
        const [row] = await database.query<{ rows: number }>('SELECT count(*)::int AS rows FROM bench_events');
        yield {
          name: `raw inserts, ${inFlight} in flight${connections < inFlight ? ` (${connections} connections)` : ''}`,
          unit: 'events/s',
          value: (events * 1_000) / raw.answer.milliseconds,
          correct: row?.rows === raw.answer.appended,
          checked: `${row?.rows} of ${raw.answer.appended} rows`,
        };
      }
    }
  } finally {
    await database.close();
  }
};
