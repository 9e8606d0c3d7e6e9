import { LRUCache } from 'lru-cache';
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from './expected.js';
import { eventKey, planGroup, type AppendAnswer, type AppendRequest } from './group-plan.js';
import type { CommittedLog } from './log.js';
import type { StoredRecord } from './record.js';
import { PendingAppend, takeGroup } from './pending-append.js';
import type { Report } from './report.js';
import { DatabaseInUseError, WriteConnection } from './write-connection.js';

const CACHED_HEADS = 200_000;
const REMEMBERED_IDS = 100_000;
/** So many of the last events are known again after a restart. */
const RECALLED_EVENTS = 1_000n;
const PAGE = 1_000;
const RECONNECT_MILLISECONDS = 200;
const DEADLINE_CHECK_MILLISECONDS = 100;

/**
 * The one writer. What waits while a transaction is under way goes into the next one together (group commit). Positions
 * are given in memory, in commit order, without gaps; nothing is visible before it's committed.
 */
export class EventWriter {
  private connection: WriteConnection | undefined;
  private readonly queue: PendingAppend[] = [];
  private group: readonly PendingAppend[] = [];
  private working: Promise<void> | undefined;
  private readonly stopAsked = new AbortController();
  private readonly heads = new LRUCache<string, { revision: bigint }>({ max: CACHED_HEADS });
  /** For writers that name no revision. Bounded, and mostly lost at a restart, as on the server. */
  private readonly lately = new LRUCache<string, Place>({ max: REMEMBERED_IDS });

  /** @param onSuperseded another node has taken the database while the connection was lost: this one is out */
  constructor(
    private readonly url: string,
    private readonly log: CommittedLog,
    private readonly report: Report,
    private readonly onSuperseded: (error: DatabaseInUseError) => void,
  ) {}

  /** Takes the lock, makes the tables and finds the head. Throws DatabaseInUseError where another node runs. */
  async start(): Promise<void> {
    const connection = await WriteConnection.open(this.url, () => this.wake());
    await connection.createTables();
    const last = await connection.table.lastPosition();
    this.log.restart(last > RECALLED_EVENTS ? last - RECALLED_EVENTS : 0n);
    await this.recover(connection);
    this.connection = connection;
  }

  /** Answers after the commit, and at the latest about when the deadline has passed. */
  append(request: AppendRequest): Promise<AppendAnswer> {
    if (this.stopAsked.signal.aborted) return Promise.resolve({ kind: 'unavailable' });
    return new Promise((answer) => {
      this.queue.push(new PendingAppend(request, answer));
      this.wake();
    });
  }

  /** Finishes what was accepted and lets go of the lock. */
  async stop(): Promise<void> {
    this.stopAsked.abort();
    await this.working;
    await this.connection?.close();
  }

  private wake(): void {
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    const deadlines = setInterval(() => this.answerLate(), DEADLINE_CHECK_MILLISECONDS);
    // What is asked for in the same tick goes into the first group.
    await Promise.resolve();
    while (this.queue.length > 0 || !this.stillConnected()) {
      const connected = await this.connect();
      this.group = takeGroup(this.queue);
      if (connected) await this.commitGroup();
      else this.answerGroup(() => ({ kind: 'unavailable' }));
      if (connected || this.queue.length > 0) continue;
      if (this.stopAsked.signal.aborted) break;
      await wait(RECONNECT_MILLISECONDS, undefined, { signal: this.stopAsked.signal }).catch(() => undefined);
    }
    clearInterval(deadlines);
    this.working = undefined;
  }

  private stillConnected(): boolean {
    return this.connection !== undefined && !this.connection.lost;
  }

  /**
   * Where the connection breaks, the group is decided again on what the next connection finds: if it had been
   * committed, each append is known as a repetition and gets the answer that was lost.
   */
  private async commitGroup(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answers = await this.commit();
        this.answerGroup((i) => answers[i] ?? { kind: 'unavailable' });
        return;
      } catch (error) {
        this.report(error, 'append');
        await this.connection?.close();
        this.connection = undefined;
        if (attempt < 2 && (await this.connect())) continue;
        this.answerGroup(() => ({ kind: 'unavailable' }));
        return;
      }
    }
  }

  private async commit(): Promise<readonly AppendAnswer[]> {
    const { connection } = this;
    if (!connection) throw new Error('The writer has no connection.');
    const requests = this.group.map(({ request }) => request);
    await this.loadHeads(connection, requests);
    const plan = await planGroup(
      requests,
      {
        head: this.log.head,
        headOf: (stream) => this.heads.get(stream)?.revision ?? -1n,
        lately: (stream, id) => this.lately.get(eventKey(stream, id)),
        from: (stream, revision, count) => connection.table.streamForwards(stream, revision, count),
      },
      Date.now(),
    );
    if (plan.records.length > 0) {
      await connection.insert(plan.records);
      this.publish(plan.records);
      for (const [stream, revision] of plan.heads) this.heads.set(stream, { revision });
    }
    return plan.answers;
  }

  private async loadHeads(connection: WriteConnection, requests: readonly AppendRequest[]): Promise<void> {
    const missing = [...new Set(requests.map(({ stream }) => stream))].filter((stream) => !this.heads.has(stream));
    if (missing.length === 0) return;
    const found = await connection.table.heads(missing);
    for (const stream of missing) this.heads.set(stream, { revision: found.get(stream) ?? -1n });
  }

  private publish(records: readonly StoredRecord[]): void {
    for (const { stream, id, revision, position } of records)
      this.lately.set(eventKey(stream, id), { revision, position });
    this.log.publish(records);
  }

  private async connect(): Promise<boolean> {
    if (this.stillConnected()) return true;
    await this.connection?.close();
    this.connection = undefined;
    try {
      const connection = await WriteConnection.open(this.url, () => this.wake());
      await this.recover(connection);
      this.connection = connection;
      return true;
    } catch (error) {
      this.report(error, 'connect');
      if (error instanceof DatabaseInUseError) this.onSuperseded(error);
      return false;
    }
  }

  /** Takes over what was committed without our knowing it. */
  private async recover(connection: WriteConnection): Promise<void> {
    try {
      this.heads.clear();
      const last = await connection.table.lastPosition();
      if (last < this.log.head) {
        this.report(new Error(`The database ends at ${last}, before ${this.log.head}: it has lost events.`), 'connect');
        this.log.restart(last);
      }
      while (this.log.head < last) this.publish(await connection.table.allForwards(this.log.head, PAGE));
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  private answerGroup(answer: (index: number) => AppendAnswer): void {
    const { group } = this;
    this.group = [];
    group.forEach((pending, i) => pending.settle(answer(i)));
  }

  /** What waits for its turn goes away with its answer: whoever sent it sends it again, and the database may hang for long. */
  private answerLate(): void {
    const now = Date.now();
    const isLate = ({ request }: PendingAppend): boolean => request.deadline < now;
    for (const pending of [...this.group, ...this.queue].filter(isLate)) pending.settle({ kind: 'deadline' });
    if (this.queue.some(isLate)) this.queue.splice(0, this.queue.length, ...this.queue.filter((one) => !isLate(one)));
  }
}
