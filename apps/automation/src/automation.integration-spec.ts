import { AddCandidateCommand, candidatesEventDefinitions, RecordInteractionCommand } from '#libs/candidates';
import { messageWatch, messageWatchEventDefinitions, readNetworks } from '#libs/classification';
import { createDatabase, loadOrCreateSecrets } from '#libs/embedded';
import { CommandRunner, EventCodec, EventLog, type CommandMeta } from '#libs/event-store';
import { defineEvent, FixedClock, newId, ok, systemClock, type Decider, type DomainEvent } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { Digests } from '#libs/privacy';
import {
  defineProcessManager,
  listParkedInputs,
  ReactionHost,
  requestParkedReplay,
  type ProcessManager,
} from '#libs/reacting';
import { Database, migrate } from '#libs/read-store';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Command, CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../test/support/until.js';
import { createAutomation } from './create-automation.js';

const SERVERS_MILLISECONDS = 30_000;
const START = new Date('2030-01-01T00:00:00Z');
const HOUR = 3_600_000;

/** Types of this run alone: the event store is shared with other suites. */
const run = newId().slice(0, 8);
const schema = { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] };
type Noted = DomainEvent<string, { note: string }>;
const typed = (type: string) => defineEvent<string, Noted['data']>({ type, version: 1, schema });
const asked = typed(`asked-${run}.asked`);
const answered = typed(`answered-${run}.answered`);

const appending = (type: string): Decider<null, string, Noted> => ({
  initial: null,
  decide: (note) => ok([{ type, data: { note } }]),
  evolve: () => null,
});

class Answer extends Command<unknown> {
  constructor(
    readonly id: string,
    readonly note: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** Answers what's asked at once, and once more an hour later. */
const answering = `answering-${run}`;
/** What's wrong with the program, until it's mended. */
const fault = { there: false };
const [taken, later] = [typed(`${answering}.taken`), typed(`${answering}.later`)];
interface State {
  readonly id?: string;
}
const manager = defineProcessManager<State, Noted>({
  name: answering,
  from: 'now',
  definitions: [taken, later],
  listensTo: [asked.type],
  correlate: ({ streamId }) => streamId,
  initial: {},
  decide: (input, { id }) => {
    if (input.kind === 'deadline' && fault.there) throw new Error('Nobody knows what to do later.');
    if (input.kind === 'deadline') return id === undefined ? [] : [{ type: later.type, data: { note: id } }];
    const { note } = input.event.data as Noted['data'];
    if (note.startsWith('poison') && fault.there) throw new Error(`Nobody knows what to do with ${note}.`);
    return [{ type: taken.type, data: { note } }];
  },
  evolve: (_, { data }) => ({ id: data.note }),
  deadlines: ({ type }) => (type === taken.type ? [{ name: 'again', dueAt: new Date(START.getTime() + HOUR) }] : []),
  commands: ({ type, data }, meta) => [new Answer(data.note, type === later.type ? 'later' : 'now', meta(0))],
});

describe('Automation on its servers', () => {
  let app: NestFastifyApplication;
  let database: Database;
  let secretsDir: string;
  const hosts: ReactionHost[] = [];
  const logged: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } });

  beforeAll(async () => {
    const databaseUrl = await createDatabase(process.env['DATABASE_URL'] ?? '', `automation_${run}`);
    await migrate(databaseUrl);
    database = new Database(databaseUrl, { max: 4 });
    secretsDir = await mkdtemp(join(tmpdir(), 'automation-'));
    loadOrCreateSecrets(secretsDir);
    const definitions = [
      ...candidatesEventDefinitions,
      ...messageWatchEventDefinitions,
      asked,
      answered,
      ...manager.definitions,
    ];
    const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
    const list = join(secretsDir, 'data-centres');
    await writeFile(list, '203.0.113.0/24\n');
    const networks = readNetworks({ RAPPORT_DATA_CENTRE_NETWORKS: list });
    const options = { databaseUrl, eventStoreUrl, secretsDir, logger, definitions, networks };
    app = await createAutomation({ ...options, managers: () => [] });
    await app.init();
  }, SERVERS_MILLISECONDS);
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });
  afterAll(async () => {
    await database.close();
    await app.close();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const meta = (): CommandMeta => ({
    context: { actor: { kind: 'service', id: 'test' }, correlationId: newId(), source: 'test' },
    occurredAt: new Date(),
  });
  const runner = () => app.get(CommandRunner, { strict: false });
  const append = async (category: string, id: string, type: string, note: string, by = meta()) => {
    const outcome = await runner().execute({
      decider: appending(type),
      stream: { category, id },
      command: note,
      meta: by,
    });
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome;
  };
  const bus = {
    execute: ({ id, note, meta: by }: Answer) =>
      id.startsWith('refused') && fault.there
        ? Promise.resolve({ ok: false, error: { code: 'not-today' } })
        : append(`answered-${run}`, id, answered.type, note, by),
  } as unknown as Pick<CommandBus, 'execute'>;
  const host = async (
    given: { manager?: ProcessManager; clock?: FixedClock; bus?: Pick<CommandBus, 'execute'> } = {},
  ) => {
    const started = new ReactionHost({
      managers: [given.manager ?? manager],
      database,
      log: app.get(EventLog, { strict: false }),
      codec: app.get(EventCodec, { strict: false }),
      runner: runner(),
      bus: given.bus ?? bus,
      digests: app.get(Digests, { strict: false }),
      logger,
      clock: given.clock ?? new FixedClock(START),
      deadlinePollMs: 20,
    });
    hosts.push(started);
    await started.start();
    return started;
  };
  const working = (started: ReactionHost) =>
    until('working', async () => {
      const [checkpoint] = await database.query('SELECT 1 FROM vault.reaction_checkpoints WHERE manager = $1', [
        started.status()[0]?.manager,
      ]);
      return checkpoint && started.status()[0]?.state === 'working';
    });
  const stop = async (started: ReactionHost) => {
    hosts.splice(hosts.indexOf(started), 1);
    await started.stop();
  };
  const ask = (note: string) => append(`asked-${run}`, newId(), asked.type, note);
  const notes = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const raw of app.get(EventLog, { strict: false }).readStream(`answered-${run}-${id}`))
      found.push((raw.data as Noted['data']).note);
    return found;
  };
  const answers = (id: string, count: number) =>
    until(`${count} answers`, async () => {
      const found = await notes(id);
      return found.length >= count && found;
    });

  it('turns events into commands, and deadlines once they are due, each once, also where everything comes again', async () => {
    const clock = new FixedClock(START);
    const first = await host({ clock });
    await working(first);
    const [before] = await database.query('SELECT commit, prepare FROM vault.reaction_checkpoints');
    const id = newId();
    await ask(id);
    expect(await answers(id, 1)).toEqual(['now']);
    await stop(first);

    // A crash between what was done and the checkpoint looks like this; the deadline came meanwhile.
    const again = async () => {
      await database.query('UPDATE vault.reaction_checkpoints SET commit = $1, prepare = $2', [
        before?.['commit'],
        before?.['prepare'],
      ]);
      return host({ clock });
    };
    clock.advance(HOUR);
    const second = await again();
    expect(await answers(id, 2)).toEqual(['now', 'later']);
    await stop(second);
    const third = await again();
    const marker = newId();
    await ask(marker);
    expect(await answers(marker, 2)).toEqual(['now', 'later']);
    expect(await notes(id)).toEqual(['now', 'later']);
    await until(
      'no deadline',
      async () => (await database.query('SELECT 1 FROM vault.reaction_deadlines')).length === 0,
    );
    expect(third.status()).toMatchObject([{ state: 'working', parked: 0 }]);
  });

  it('is done by one of two hosts, and by the other once that one has gone', async () => {
    const first = await host();
    await working(first);
    const second = await host();
    const id = newId();
    await ask(id);
    expect(await answers(id, 1)).toEqual(['now']);
    expect(second.status()).toMatchObject([{ state: 'standby', decided: 0, commands: 0 }]);
    await stop(first);
    const next = newId();
    await ask(next);
    expect(await answers(next, 1)).toEqual(['now']);
    expect(second.status()).toMatchObject([{ state: 'working' }]);
  });

  it('parks what it cannot handle and what was refused, says so without a word of it, goes on, and takes it up once it is mended', async () => {
    const clock = new FixedClock(START);
    // Those of what came before would be met too.
    await database.query('DELETE FROM vault.reaction_deadlines');
    fault.there = true;
    await working(await host({ clock }));
    const [poison, refused, id] = [`poison ${newId()}`, `refused ${newId()}`, newId()];
    await ask(poison);
    await ask(refused);
    await ask(id);
    expect(await answers(id, 1)).toEqual(['now']);
    clock.advance(HOUR);
    const parked = () => listParkedInputs(database, [answering]);
    // Of what was refused and of what was answered there's a deadline.
    await until('four parked', async () => (await parked()).length === 4);
    expect((await parked()).map(({ reason }) => reason).sort()).toEqual([
      'Error',
      'Error',
      'Error',
      'refused: not-today',
    ]);
    expect(logged.join('\n')).toContain('reaction parked');
    expect(logged.join('\n')).not.toContain('Nobody knows');

    const askForReplay = () => requestParkedReplay(database, [answering]);
    expect(await askForReplay()).toBe(4);
    await until('it to be tried in vain', async () =>
      (await parked()).every(({ replayRequested }) => !replayRequested),
    );
    expect(await parked()).toHaveLength(4);
    fault.there = false;
    // One that fails just now may be asked for too early.
    await until('nothing to be left', async () => (await askForReplay()) === 0);
    expect(await answers(id, 2)).toEqual(['now', 'later']);
    expect(await answers(refused, 2)).toEqual(['now', 'later']);
    expect(await answers(poison, 2)).toEqual(['now', 'later']);
    expect(await askForReplay()).toBe(0);
  });

  it('judges a burst of clicks afterwards, and again once more is known, by where they came from too', async () => {
    const commands = app.get(CommandBus);
    const clock = new FixedClock(new Date());
    const started = await host({ manager: messageWatch(HOUR), clock, bus: commands });
    await working(started);
    const candidateId = newId();
    const person = { contactPoints: [], tags: [], skills: [], interests: [], externalIds: [] };
    await commands.execute(new AddCandidateCommand(candidateId, person, meta()));
    const happenedAt = systemClock.now();
    const click = (messageId: string, url: string, ip?: string) =>
      commands.execute(
        new RecordInteractionCommand(
          {
            candidateId,
            interaction: {
              type: 'email.clicked',
              data: { messageId, url, userAgent: 'Mozilla/5.0 (X11) Firefox/140.0', ...(ip ? { ip } : {}) },
            },
          },
          { ...meta(), occurredAt: happenedAt },
        ),
      );
    const verdicts = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const raw of app.get(EventLog, { strict: false }).readStream(`engagement-${candidateId}`))
        if (raw.type === 'engagement.classified') found.push((raw.data as { verdict: string }).verdict);
      return found;
    };
    const judged = (count: number) =>
      until(`${count} verdicts`, async () => {
        const found = await verdicts();
        return found.length >= count && found;
      });
    const watching = () => database.query("SELECT 1 FROM vault.reaction_deadlines WHERE manager = 'message-watch'");
    await click('m', 'https://example.org/a');
    await until('watched', async () => (await watching()).length === 1);
    expect(await verdicts()).toEqual([]);
    clock.advance(2 * HOUR);
    expect(await judged(1)).toEqual(['human']);
    for (const link of ['b', 'c', 'd']) await click('m', `https://example.org/${link}`);
    await click('n', 'https://example.org/a', '203.0.113.7');
    expect(await judged(6)).toEqual(['human', 'machine', 'machine', 'machine', 'machine', 'unknown']);
    expect(logged.join('\n')).not.toContain('203.0.113');
  });

  it('has metrics, and is live and ready', async () => {
    await app.listen(0, '127.0.0.1');
    const base = await app.getUrl();
    const get = (path: string) => fetch(`${base}${path}`);
    expect(await (await get('/metrics')).text()).toContain('rapport_reaction_working');
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
  });
});
