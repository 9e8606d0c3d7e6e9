import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { createTables, EventTable, insertRecords } from './event-table.js';
import { decideAppend, type Expected } from './expected.js';
import { encodeRecord, type ProposedEvent, type StoredRecord } from './record.js';
import type { RecentRecords } from './recent.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since 1970; after it nobody waits for the answer, and nothing is appended. */
  readonly deadline: number;
}

export type AppendAnswer =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong-version'; readonly current: bigint }
  | { readonly kind: 'deadline' }
  /** PostgreSQL is away, or whether it committed couldn't be learned. */
  | { readonly kind: 'unavailable' };

interface Pending {
  readonly request: AppendRequest;
  readonly answer: (answer: AppendAnswer) => void;
}

/** Only one process may write a database; this is the number of its advisory lock. */
const LOCK = 7_297_677;
const HEADS = 200_000;
const BEST_EFFORT_IDS = 100_000;
const MAX_GROUP = 2_000;
const MAX_GROUP_BYTES = 8 * 1024 * 1024;
/** A predecessor that was just killed may hold its lock until PostgreSQL notices. */
const LOCK_PATIENCE_MILLISECONDS = 5_000;

/** Thrown at the start where another node has the database. */
export class DatabaseInUseError extends Error {
  constructor() {
    super(
      'Another event store node is running on this database. Stop it first: two writers would corrupt the order of events.',
    );
    this.name = 'DatabaseInUseError';
  }
}

/**
 * The one writer. What waits while a transaction is under way goes into the next one together (group commit).
 * Positions are given in memory, in commit order, without gaps; nothing is visible before it's committed.
 *
 * All writes go through the connection that holds the advisory lock, so that losing the lock is losing the right to write.
 */
export class EventWriter {
  private client: pg.Client | undefined;
  private queue: Pending[] = [];
  private running = false;
  private stopped = false;
  private last = 0n;
  private readonly heads = new LRUCache<string, { revision: bigint }>({ max: HEADS });
  /** For writers that name no revision: which ids came lately, and where they are. Lost at a restart, as on the server. */
  private readonly lately = new LRUCache<string, { revision: bigint; position: bigint }>({ max: BEST_EFFORT_IDS });

  constructor(
    private readonly url: string,
    private readonly table: EventTable,
    private readonly recent: RecentRecords,
    private readonly onCommitted: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** The last committed position; 0 for an empty log. */
  get head(): bigint {
    return this.last;
  }

  /** Takes the lock and makes the tables. Throws DatabaseInUseError where another node has it. */
  async start(): Promise<void> {
    await this.connect(LOCK_PATIENCE_MILLISECONDS);
  }

  append(request: AppendRequest): Promise<AppendAnswer> {
    return new Promise((answer) => {
      if (this.stopped) {
        answer({ kind: 'unavailable' });
        return;
      }
      this.queue.push({ request, answer });
      if (!this.running) void this.work();
    });
  }

  /** Finishes what was accepted and lets go of the lock. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (this.running) await wait(5);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(patience: number): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 5_000,
      application_name: 'rapport-node',
    });
    client.on('error', () => {
      if (this.client === client) this.client = undefined;
    });
    await client.connect();
    try {
      const until = this.now() + patience;
      for (;;) {
        const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
        if (rows[0]?.locked) break;
        if (this.now() > until) throw new DatabaseInUseError();
        await wait(50);
      }
      await client.query('SET synchronous_commit = on');
      await client.query(createTables);
      this.heads.clear();
      this.last = await new EventTable(client).lastPosition();
      this.client = client;
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  private async work(): Promise<void> {
    this.running = true;
    await Promise.resolve();
    while (this.queue.length > 0) {
      const group = this.takeGroup();
      try {
        await this.commit(group);
      } catch {
        for (const { answer } of group) answer({ kind: 'unavailable' });
      }
    }
    this.running = false;
  }

  private takeGroup(): Pending[] {
    let bytes = 0;
    let count = 0;
    let take = 0;
    for (const { request } of this.queue) {
      bytes += request.events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);
      count += request.events.length;
      if (take > 0 && (count > MAX_GROUP || bytes > MAX_GROUP_BYTES)) break;
      take++;
    }
    return this.queue.splice(0, take);
  }

  private async commit(group: readonly Pending[]): Promise<void> {
    const client = this.client ?? (await this.connect(LOCK_PATIENCE_MILLISECONDS));
    await this.loadHeads(group);
    const createdAt = this.now();
    const records: StoredRecord[] = [];
    const heads = new Map<string, bigint>();
    const answers: { answer: Pending['answer']; value: AppendAnswer }[] = [];
    let position = this.last;

    for (const { request, answer } of group) {
      const { stream, expected, events } = request;
      if (request.deadline < createdAt) {
        answers.push({ answer, value: { kind: 'deadline' } });
        continue;
      }
      const current = heads.get(stream) ?? this.heads.get(stream)?.revision ?? -1n;
      const ids = events.map(({ id }) => id);
      const known =
        typeof expected === 'string' && expected !== 'no-stream' ? this.repeatedLately(stream, ids) : undefined;
      if (known) {
        answers.push({ answer, value: { kind: 'appended', ...known } });
        continue;
      }
      const verdict = await decideAppend(expected, current, ids, (from, count) =>
        this.idsFrom(stream, from, count, records),
      );
      if (verdict.kind === 'wrong') {
        answers.push({ answer, value: { kind: 'wrong-version', current } });
        continue;
      }
      if (verdict.kind === 'repeated') {
        const at = await this.positionOf(stream, verdict.revision, records);
        answers.push({ answer, value: { kind: 'appended', revision: verdict.revision, position: at } });
        continue;
      }
      let revision = current;
      for (const event of events) records.push(encodeRecord(event, stream, ++revision, ++position, createdAt));
      heads.set(stream, revision);
      answers.push({ answer, value: { kind: 'appended', revision, position } });
    }

    if (records.length > 0) {
      await this.store(client, records);
      this.last = position;
      for (const [stream, revision] of heads) this.heads.set(stream, { revision });
      for (const record of records) {
        this.recent.push(record);
        this.lately.set(`${record.stream}/${record.id}`, { revision: record.revision, position: record.position });
      }
      this.onCommitted();
    }
    for (const { answer, value } of answers) answer(value);
  }

  /** Commits, or throws and has committed nothing. */
  private async store(client: pg.Client, records: readonly StoredRecord[]): Promise<void> {
    let committing = false;
    try {
      await client.query('BEGIN');
      await insertRecords(client, records);
      committing = true;
      await client.query('COMMIT');
    } catch (error) {
      // Whatever it was, this connection is given up with its lock: the next one starts from what is stored.
      this.client = undefined;
      await client.end().catch(() => undefined);
      if (!committing) throw error;
      await this.connect(LOCK_PATIENCE_MILLISECONDS);
      const last = records.at(-1);
      if (last && (await this.table.idAt(last.position)) === last.id) return;
      throw error;
    }
  }

  private async loadHeads(group: readonly Pending[]): Promise<void> {
    const missing = [...new Set(group.map(({ request }) => request.stream))].filter(
      (stream) => !this.heads.has(stream),
    );
    if (missing.length === 0) return;
    const found = await this.table.heads(missing);
    for (const stream of missing) this.heads.set(stream, { revision: found.get(stream) ?? -1n });
  }

  private repeatedLately(stream: string, ids: readonly string[]): { revision: bigint; position: bigint } | undefined {
    const known = ids.map((id) => this.lately.get(`${stream}/${id}`));
    return known.length > 0 && known.every((entry) => entry !== undefined) ? known.at(-1) : undefined;
  }

  private async idsFrom(
    stream: string,
    from: bigint,
    count: number,
    uncommitted: readonly StoredRecord[],
  ): Promise<string[]> {
    const stored = await this.table.streamForwards(stream, from, count);
    const fresh = uncommitted.filter((record) => record.stream === stream && record.revision >= from);
    return [...stored, ...fresh].slice(0, count).map(({ id }) => id);
  }

  private async positionOf(stream: string, revision: bigint, uncommitted: readonly StoredRecord[]): Promise<bigint> {
    const [stored] = await this.table.streamForwards(stream, revision, 1);
    return (
      stored?.position ?? uncommitted.find((r) => r.stream === stream && r.revision === revision)?.position ?? this.last
    );
  }
}
