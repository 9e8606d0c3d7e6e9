import { ensureFirstKeys, type FirstKeys, type Role } from '#libs/access';
import { loadOrCreateSecrets } from '#libs/embedded';
import { CommandRunner, EventCodec, EventLog, streamName, type RawEvent } from '#libs/event-store';
import { configureApp, createAdapter } from '#libs/http';
import {
  CLOCK,
  comparePositions,
  encodePosition,
  FixedClock,
  newId,
  ok,
  START,
  type Decider,
  type DomainEvent,
  type LogPosition,
  type StoredEvent,
} from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { ensureGeneration, GenerationWriter, letterOf, type LogSource, type Projection } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { customFieldsProjection } from '#projections/custom-fields';
import { duplicates } from '#projections/duplicates';
import { engagement } from '#projections/engagement';
import { fitModels } from '#projections/fit-models';
import { funnel } from '#projections/funnel';
import { hygieneProjection } from '#projections/hygiene';
import { identity } from '#projections/identity';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { savedSearchesProjection } from '#projections/saved-searches';
import { scoringModels } from '#projections/scoring-models';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryApiDescription } from '../../apps/query-api/src/create-query-api.js';
import { QueryApiModule } from '../../apps/query-api/src/query-api.module.js';
import { httpCall, type HttpAnswer } from './http-call.js';
import { scratchDatabase, type ScratchDatabase } from './scratch-database.js';

/** What the API says "now" is, and all that a spec records is told from here. */
export const NOW = new Date('2026-03-01T12:00:00.000Z');
const DAY = 24 * 3_600_000;
export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY);

const projections: readonly Projection[] = [
  talentSearch,
  engagement,
  funnel,
  timeline,
  relationship,
  identity,
  poolsProjection,
  savedSearchesProjection,
  duplicates,
  scoringModels,
  fitModels,
  customFieldsProjection,
  hygieneProjection,
];

/** Emits what it's told, whatever was before. */
const verbatim: Decider<null, readonly DomainEvent[], DomainEvent> = {
  initial: null,
  decide: (events) => ok(events),
  evolve: () => null,
};

export interface Answer extends HttpAnswer {
  /** Parsed; empty for an answer that isn't JSON. */
  readonly body: Record<string, unknown>;
}

interface Request {
  readonly role?: Role | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The query API on a database of its own, and on event streams that this spec records and folds itself. */
export class ServedQueryApi {
  private readonly streams = new Set<string>();
  private readonly folded = new Map<string, LogPosition>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly scratch: ScratchDatabase,
    /** Lines of the app's log. */
    readonly logged: readonly string[],
    private readonly keys: FirstKeys,
    private readonly secretsDir: string,
    private readonly base: string,
  ) {}

  static async start({ readWaitMilliseconds = 200 } = {}): Promise<ServedQueryApi> {
    const scratch = await scratchDatabase();
    const secretsDir = await mkdtemp(join(tmpdir(), 'query-api-'));
    loadOrCreateSecrets(secretsDir);
    const logged: string[] = [];
    const logger = createLogger({
      service: 'test',
      level: 'debug',
      destination: { write: (line) => void logged.push(line) },
    });
    const eventStoreUrl = process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '';
    const options = { databaseUrl: scratch.url, eventStoreUrl, secretsDir, readWaitMilliseconds, logger };
    const module = await Test.createTestingModule({ imports: [QueryApiModule.forRoot(options)] })
      .overrideProvider(CLOCK)
      .useValue(new FixedClock(NOW))
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(createAdapter());
    configureApp(app, queryApiDescription);
    await app.listen(0, '127.0.0.1');
    const keys = await ensureFirstKeys(app.get(Database, { strict: false }), secretsDir);
    if (!keys) throw new Error('The database was not new.');
    return new ServedQueryApi(app, scratch, logged, keys, secretsDir, await app.getUrl());
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.scratch.drop();
    await rm(this.secretsDir, { recursive: true, force: true });
  }

  /** Makes the tables of the read models, as the projector does when it first starts. */
  async makeReadModels(): Promise<void> {
    for (const projection of projections) await ensureGeneration(this.scratch.database, projection);
  }

  /** Appends events to a stream of the event store; gives the position token of the last. */
  async record(
    category:
      | 'candidate'
      | 'engagement'
      | 'application'
      | 'identity'
      | 'pool'
      | 'membership'
      | 'saved-search'
      | 'scoring'
      | 'segment'
      | 'fit'
      | 'custom'
      | 'hygiene-plan'
      | 'hygiene-run'
      | 'sign-up',
    id: string,
    subjectId: string | undefined,
    occurredAt: Date,
    ...events: readonly DomainEvent[]
  ): Promise<string> {
    this.streams.add(streamName({ category, id }));
    const outcome = await this.app.get(CommandRunner, { strict: false }).execute({
      decider: verbatim,
      stream: { category, id },
      ...(subjectId === undefined ? {} : { subjectId }),
      command: events,
      meta: {
        context: { actor: { kind: 'user', id: 'recruiter-1' }, correlationId: newId(), source: 'api' },
        occurredAt,
      },
    });
    if (!outcome.ok) throw new Error(`Refused: ${outcome.error.code}`);
    return encodePosition(outcome.value.position);
  }

  /** Folds what was recorded and not yet folded into the tables of these projections. */
  async fold(...only: readonly Projection[]): Promise<void> {
    const events = await this.recorded();
    const last = events.at(-1)?.position ?? START;
    for (const projection of only.length > 0 ? only : projections) {
      const from = this.folded.get(projection.name) ?? START;
      if (comparePositions(last, from) <= 0) continue;
      const fresh = events.filter(({ position }) => comparePositions(position, from) > 0);
      await new GenerationWriter(this.scratch.database, projection).write(fresh, {
        from,
        to: last,
        eventAt: fresh.at(-1)?.recordedAt,
      });
      this.folded.set(projection.name, last);
    }
  }

  /** Has a projection set aside what was recorded and not yet folded; gives what takes it up after all. */
  async setAside(projection: Projection): Promise<() => Promise<void>> {
    const from = this.folded.get(projection.name) ?? START;
    const fresh = (await this.recorded()).filter(({ position }) => comparePositions(position, from) > 0);
    const to = fresh.at(-1)?.position ?? from;
    const letters = fresh.map((event) => letterOf(event, 'handler-failed'));
    await new GenerationWriter(this.scratch.database, projection).write([], { from, to }, letters);
    this.folded.set(projection.name, to);
    return async () => {
      const now = this.folded.get(projection.name) ?? START;
      await new GenerationWriter(this.scratch.database, projection).takeUp(fresh, letters, now);
    };
  }

  /** The event store's log as if there were only this spec's streams in it: others' are as good as the store's own. */
  ownLog(): LogSource {
    const log = this.app.get(EventLog, { strict: false });
    return {
      head: () => log.head(),
      readStream: (...args) => log.readStream(...args),
      subscribe: ({ onItem, ...rest }) =>
        log.subscribe({
          ...rest,
          onItem: (item) =>
            onItem(
              item.kind === 'event' && !this.streams.has(item.event.streamId)
                ? { kind: 'checkpoint', position: item.event.position }
                : item,
            ),
        }),
    };
  }

  get(path: string, request: Request = {}): Promise<Answer> {
    return this.send('GET', path, request);
  }

  search(body: unknown, request: Request = {}, query = ''): Promise<Answer> {
    return this.send('POST', `/v1/candidates/search${query}`, { ...request, body });
  }

  /** Sends an analyst's request and breaks the connection once the answer begins. */
  leaveAfterFirstBytes(path: string, body: object): Promise<void> {
    const headers = { authorization: `Bearer ${this.keys.analyst}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${this.base}${path}`, { method: 'POST', headers }, (response) => {
        response.on('error', () => undefined);
        response.once('data', () => {
          sent.destroy();
          resolve();
        });
      });
      sent.once('error', reject);
      sent.end(JSON.stringify(body));
    });
  }

  /** As the role, or without a key where it's undefined. A string body is sent as it is. */
  async send(method: string, path: string, request: Request): Promise<Answer> {
    const role = 'role' in request ? request.role : 'analyst';
    const { body } = request;
    const headers = {
      ...(role ? { authorization: `Bearer ${this.keys[role]}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    };
    const answer = await httpCall(this.base, method, path, { headers, body });
    const isJson = /^application\/([a-z]+\+)?json/.test(answer.headers.get('content-type') ?? '');
    return { ...answer, body: isJson ? (JSON.parse(answer.text) as Answer['body']) : {} };
  }

  /** All of this spec's events, in the order of the log. */
  private async recorded(): Promise<StoredEvent[]> {
    const log = this.app.get(EventLog, { strict: false });
    const raws: RawEvent[] = [];
    for (const stream of this.streams) for await (const raw of log.readStream(stream)) raws.push(raw);
    raws.sort((a, b) => comparePositions(a.position, b.position));
    const decoded = await this.app.get(EventCodec, { strict: false }).decodeMany(raws);
    return decoded.map((result) => {
      if (!result.ok) throw new Error(result.message);
      return result.event;
    });
  }
}
