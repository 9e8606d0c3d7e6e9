import { createDatabase, loadOrCreateSecrets } from '#libs/embedded';
import { eventCatalogue } from '#libs/event-catalogue';
import { CommandRunner, EventCodec, EventLog, type CommandMeta, type RawEvent } from '#libs/event-store';
import { FixedClock, newId, ok, START, type Decider, type DomainEvent, type LogPosition } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { Digests } from '#libs/privacy';
import { ensureGeneration, GenerationWriter, type Projection } from '#libs/projecting';
import { ReactionHost, type ProcessManager } from '#libs/reacting';
import { Database, migrate } from '#libs/read-store';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAutomation } from '../../apps/automation/src/create-automation.js';
import { until } from './until.js';

/** Emits what it's told, whatever was before. */
const verbatim: Decider<null, readonly DomainEvent[], DomainEvent> = {
  initial: null,
  decide: (events) => ok(events),
  evolve: () => null,
};

/** Automation on a database of its own, and process managers that a spec starts and stops, by a clock of the spec's. */
export class ServedAutomation {
  readonly clock: FixedClock;
  readonly logger = createLogger({ service: 'test', destination: { write: () => undefined } });
  private host: ReactionHost | undefined;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
    private readonly secretsDir: string,
    /** Where the log was before the spec: what lies there is other specs', which write beside this one. */
    private readonly began: LogPosition,
    now: Date,
  ) {
    this.clock = new FixedClock(now);
  }

  static async start(now: Date): Promise<ServedAutomation> {
    const name = `automation_${newId().slice(0, 8)}`;
    const databaseUrl = await createDatabase(process.env['DATABASE_URL'] ?? '', name);
    await migrate(databaseUrl);
    const secretsDir = await mkdtemp(join(tmpdir(), 'automation-'));
    loadOrCreateSecrets(secretsDir);
    const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
    const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
    const app = await createAutomation({
      databaseUrl,
      eventStoreUrl,
      secretsDir,
      logger,
      managers: () => [],
      definitions: eventCatalogue,
    });
    await app.init();
    const began = await app.get(EventLog, { strict: false }).head();
    return new ServedAutomation(app, new Database(databaseUrl, { max: 4 }), secretsDir, began, now);
  }

  async stop(): Promise<void> {
    await this.leave();
    await this.database.close();
    await this.app.close();
    await rm(this.secretsDir, { recursive: true, force: true });
  }

  get log(): EventLog {
    return this.app.get(EventLog, { strict: false });
  }

  get codec(): EventCodec {
    return this.app.get(EventCodec, { strict: false });
  }

  /** Appends events to a stream. */
  async record(category: string, id: string, subjectId: string | undefined, ...events: DomainEvent[]): Promise<void> {
    const meta: CommandMeta = {
      context: { actor: { kind: 'user', id: 'recruiter-1' }, correlationId: newId(), source: 'api' },
      occurredAt: this.clock.now(),
    };
    const outcome = await this.app.get(CommandRunner, { strict: false }).execute({
      decider: verbatim,
      stream: { category, id },
      ...(subjectId === undefined ? {} : { subjectId }),
      command: events,
      meta,
    });
    if (!outcome.ok) throw new Error(`Refused: ${outcome.error.code}`);
  }

  /** Works for a process manager, and resolves once it does. */
  async work(manager: ProcessManager): Promise<void> {
    await this.database.query(
      'INSERT INTO vault.reaction_checkpoints (manager, commit, prepare) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [manager.name, this.began.commit, this.began.prepare],
    );
    const host = new ReactionHost({
      managers: [manager],
      database: this.database,
      log: this.log,
      codec: this.codec,
      runner: this.app.get(CommandRunner, { strict: false }),
      bus: this.app.get(CommandBus),
      digests: this.app.get(Digests, { strict: false }),
      logger: this.logger,
      clock: this.clock,
      deadlinePollMs: 20,
    });
    this.host = host;
    await host.start();
    await until('working', () => Promise.resolve(host.status()[0]?.state === 'working'));
  }

  /** Nobody works any more. */
  async leave(): Promise<void> {
    await this.host?.stop();
    this.host = undefined;
  }

  /** Until everything that's recorded by now is handled. */
  async handled(manager: ProcessManager): Promise<void> {
    const head = await this.log.head();
    await until('everything to be handled', async () => {
      const [row] = await this.database.query<{ done: boolean }>(
        'SELECT (commit, prepare) >= ($2::bigint, $3::bigint) AS done FROM vault.reaction_checkpoints WHERE manager = $1',
        [manager.name, head.commit, head.prepare],
      );
      return row?.done;
    });
  }

  /** How many inputs a process manager couldn't handle. */
  async parked(manager: ProcessManager): Promise<number> {
    const rows = await this.database.query('SELECT 1 FROM vault.parked_reactions WHERE manager = $1', [manager.name]);
    return rows.length;
  }

  /** As if nothing that lies beside the log had ever been written: everything since the spec began is read again. */
  async forget(manager: ProcessManager): Promise<void> {
    for (const table of ['reaction_checkpoints', 'reaction_deadlines'])
      await this.database.query(`DELETE FROM vault.${table} WHERE manager = $1`, [manager.name]);
  }

  /** Makes the tables of read models, with what these events come to. */
  async fold(projections: readonly Projection[], holds: (event: RawEvent) => boolean): Promise<void> {
    const events = (await this.codec.decodeMany(await this.recorded(holds))).flatMap((one) =>
      one.ok ? one.event : [],
    );
    const last = events.at(-1);
    for (const projection of projections) {
      await ensureGeneration(this.database, projection);
      if (last)
        await new GenerationWriter(this.database, projection).write(events, {
          from: START,
          to: last.position,
          eventAt: last.recordedAt,
        });
    }
  }

  /** Every event since the spec began that this holds for, in the order of the log. */
  async recorded(holds: (event: RawEvent) => boolean): Promise<RawEvent[]> {
    const head = await this.log.head();
    const found: RawEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = this.log.subscribe({
        after: this.began,
        onItem: (item) => {
          if (item.kind === 'event' && holds(item.event)) found.push(item.event);
          const position = item.kind === 'event' ? item.event.position : item.kind === 'checkpoint' && item.position;
          if (position && position.commit >= head.commit) setImmediate(() => void subscription.close().then(resolve));
        },
        onEnd: (error) => reject(error ?? new Error('The log went away.')),
      });
    });
    return found;
  }
}
