import { CommandRunner, EventCodec, EventLog, type StreamRef } from '#libs/event-store';
import { newId, ok, type Decider, type DomainEvent, type StoredEvent } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { checksum, createTables, rebuildInto, scratchTables, targetOf, type Projection } from '#libs/projecting';
import { copyIn, identifier, type Database } from '#libs/read-store';
import { openWriteSide } from '../../../apps/rapport/src/importing/write-side.js';
import type { Stage } from '../../chaos/stage.js';
import type { Measured } from '../report.js';
import { foldFresh } from './loading.js';
import { personEvents } from './population.js';

/** Whose events are appended at once. */
const PEOPLE_AT_ONCE = 48;
const COPIED = 'bench_copied';
const FROM_LOG = 'bench_from_log';

/** Takes whatever it's given: what was generated has been decided. */
const taking: Decider<number, DomainEvent, DomainEvent> = {
  initial: 0,
  decide: (event) => ok([event]),
  evolve: (count) => count + 1,
};

const streamOf = ({ streamId }: StoredEvent): StreamRef => {
  const dash = streamId.indexOf('-');
  return { category: streamId.slice(0, dash), id: streamId.slice(dash + 1) };
};

interface Servers {
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly runner: CommandRunner;
}

/** How many events a stream has; none where there's no such stream. */
const countOf = async (log: EventLog, streamId: string): Promise<number> => {
  let count = 0;
  for await (const _ of log.readStream(streamId)) count++;
  return count;
};

/** Appends those of somebody's events that no earlier run has, however it ended: who they are first, then what happened. */
const append = async (
  { log, runner }: Servers,
  events: readonly StoredEvent[],
  correlationId: string,
): Promise<number> => {
  const [added, ...happened] = events;
  if (!added) return 0;
  const isThere = await runner.exists(streamOf(added));
  const known = isThere ? await countOf(log, happened[0]?.streamId ?? '') : 0;
  const one = async (event: StoredEvent): Promise<void> => {
    const { subjectId, type, data, occurredAt } = event;
    const taken = await runner.execute({
      decider: taking,
      stream: streamOf(event),
      ...(subjectId === undefined ? {} : { subjectId }),
      command: { type, data },
      meta: { context: { actor: { kind: 'system', id: 'bench' }, correlationId, source: 'bench' }, occurredAt },
      likelyNew: true,
    });
    if (!taken.ok) throw new Error('A generated event was refused.');
  };
  if (!isThere) await one(added);
  const missing = happened.slice(known);
  await Promise.all(missing.map(one));
  return missing.length + (isThere ? 0 : 1);
};

/** The generated events, under the ids and at the positions that the log has given them. */
const asStored = async ({ log, codec }: Servers, generated: readonly StoredEvent[]): Promise<StoredEvent[]> => {
  const stored = new Map<string, StoredEvent>();
  for (const streamId of new Set(generated.map((event) => event.streamId))) {
    const raws = [];
    for await (const raw of log.readStream(streamId)) raws.push(raw);
    for (const decoded of await codec.decodeMany(raws)) {
      if (!decoded.ok) throw new Error('A generated event could not be read.');
      stored.set(`${streamId} ${decoded.event.revision}`, decoded.event);
    }
  }
  return generated.map((event) => {
    const found = stored.get(`${event.streamId} ${event.revision}`);
    if (!found) throw new Error('A generated event is not in the log.');
    return { ...found, type: event.type, data: event.data, occurredAt: event.occurredAt };
  });
};

/** Folds events as they were generated and copies the rows, as `loadPeople` does with everybody. */
const copy = async (
  servers: Servers,
  database: Database,
  projections: readonly Projection[],
  people: number,
): Promise<void> => {
  for (let from = 0; from < people; from += PEOPLE_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(PEOPLE_AT_ONCE, people - from) }, (_, i) => from + i);
    const events = (await Promise.all(numbers.map((n) => asStored(servers, personEvents(n))))).flat();
    await database.transaction(async (tx) => {
      for (const projection of projections)
        for (const { table, adds, puts } of foldFresh(projection, events))
          await copyIn(tx, targetOf(scratchTables(COPIED), table), table, [...adds, ...puts]);
    });
  }
};

/**
 * The first of the generated people through the log too: appended as events, sealed and all, and folded by the engine from
 * what the log gives back. The rows have to be those that were made without it.
 */
export const throughLog = async (
  stage: Stage,
  database: Database,
  projections: readonly Projection[],
  people: number,
): Promise<Measured> => {
  const writeSide = await openWriteSide(stage.addresses);
  try {
    const servers = {
      log: writeSide.get(EventLog),
      codec: writeSide.get(EventCodec),
      runner: writeSide.get(CommandRunner),
    };
    const correlationId = newId();
    const began = performance.now();
    let [next, appended] = [0, 0];
    const appendAll = async (): Promise<void> => {
      while (next < people) {
        const count = await append(servers, personEvents(next++), correlationId);
        appended += count;
      }
    };
    await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, appendAll));
    const seconds = (performance.now() - began) / 1_000;
    await database.query(`DROP SCHEMA IF EXISTS ${identifier(COPIED)} CASCADE`);
    await database.query(`CREATE SCHEMA ${identifier(COPIED)}`);
    for (const { tables } of projections) await createTables(database, scratchTables(COPIED), tables);
    await copy(servers, database, projections, people);
    const differing: string[] = [];
    const logger = createLogger({ service: 'bench', level: 'error' });
    for (const projection of projections) {
      const copied = await checksum(database, projection, scratchTables(COPIED));
      const { log, codec: decoder } = servers;
      const rebuilt = await rebuildInto({ database, log, decoder, logger, projection, scratchSchema: FROM_LOG });
      if (rebuilt.checksum.hash !== copied.hash) differing.push(projection.name);
    }
    await database.query(`DROP SCHEMA ${identifier(COPIED)} CASCADE`);
    const how = appended === 0 ? 'there from an earlier run' : `appended at ${Math.round(appended / seconds)} events/s`;
    return {
      name: 'those who go through the log, too',
      unit: 'people',
      value: people,
      correct: differing.length === 0,
      checked: differing.length === 0 ? `the same rows as without it; ${how}` : `other rows in ${differing.join(', ')}`,
    };
  } finally {
    await writeSide.close();
  }
};
