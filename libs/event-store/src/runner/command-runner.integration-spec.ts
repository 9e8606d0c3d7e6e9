import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEvent, err, newId, ok, refusal, type Decider, type DomainEvent } from '#libs/kernel';
import { KeyVault } from '#libs/privacy';
import { Database, migrate } from '#libs/read-store';
import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { verifyChain } from '../codec/chain.js';
import { EventCodec } from '../codec/event-codec.js';
import { EventRegistry } from '../codec/event-registry.js';
import { EventStoreUnavailableError, NewerEventError } from '../errors.js';
import { EventLog } from '../log/event-log.js';
import type { RawEvent } from '../log/raw-event.js';
import type { CommandMeta } from './command.js';
import { CommandRunner } from './command-runner.js';
import { StreamLoader } from './stream-loader.js';

type Counted = DomainEvent<'counter.counted', { by: number; note?: string }>;
const counted = defineEvent<'counter.counted', Counted['data']>({
  type: 'counter.counted',
  version: 1,
  schema: Type.Object(
    { by: Type.Integer({ minimum: 0 }), note: Type.Optional(Type.String({ privacy: 'narrative' })) },
    { additionalProperties: false },
  ),
});

/** Counts up to 1,000; counting by 0 changes nothing. */
const counter: Decider<number, { by: number; note?: string }, Counted> = {
  initial: 0,
  decide: ({ by, note }, sum) => {
    if (sum + by > 1_000) return err(refusal('conflict', 'full', 'Full.'));
    return ok(by === 0 ? [] : [{ type: 'counter.counted', data: note === undefined ? { by } : { by, note } }]);
  },
  evolve: (sum, { data }) => sum + data.by,
};

const meta = (extra: Partial<CommandMeta> = {}): CommandMeta => ({
  context: { actor: { kind: 'system', id: 'spec' }, correlationId: newId(), source: 'spec' },
  occurredAt: new Date('2026-01-01T00:00:00Z'),
  ...extra,
});

const PATIENCE = 60_000;

class Signal {
  give: () => void = () => undefined;
  readonly given = new Promise<void>((resolve) => (this.give = resolve));
}

describe('The command runner', () => {
  let database: Database;
  let log: EventLog;
  let codec: EventCodec;
  let keys: KeyVault;

  beforeAll(async () => {
    const server = process.env['DATABASE_URL'] ?? '';
    const name = `runner_${newId().slice(0, 8)}`;
    const admin = new Database(server, { max: 1 });
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.close();
    const url = new URL(server);
    url.pathname = `/${name}`;
    await migrate(url.href);
    database = new Database(url.href);
    log = new EventLog(process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '', 'runner-spec');
    keys = new KeyVault(database, { masterKey: randomBytes(32), indexKey: randomBytes(32) });
    codec = new EventCodec(new EventRegistry([counted]), keys);
  }, PATIENCE);

  afterAll(async () => {
    await log?.close();
    await database?.close();
  }, PATIENCE);

  /** As another process would: with a cache of its own. */
  const runner = (through: EventLog = log): CommandRunner =>
    new CommandRunner(through, codec, new StreamLoader(through, codec));
  const fresh = () => ({ category: 'counter', id: newId() });
  type Stream = ReturnType<typeof fresh>;
  const count = (on: CommandRunner, stream: Stream, by: number, extra: Partial<CommandMeta> = {}, factKey?: string) =>
    on.execute({
      decider: counter,
      stream,
      command: { by },
      meta: meta(extra),
      ...(factKey === undefined ? {} : { factKey }),
    });
  const events = async ({ category, id }: Stream): Promise<RawEvent[]> => {
    const found: RawEvent[] = [];
    for await (const event of log.readStream(`${category}-${id}`)) found.push(event);
    return found;
  };

  it(
    'stores what two processes decide at once, each once, in one unbroken chain',
    async () => {
      const stream = fresh();
      const [a, b] = [runner(), runner()];
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => count(i % 2 === 0 ? a : b, stream, 1)));
      expect(answers.filter(({ ok: accepted }) => !accepted)).toEqual([]);
      const stored = await events(stream);
      expect(stored.map(({ revision }) => revision)).toEqual(Array.from({ length: 100 }, (_, i) => i));
      expect(verifyChain(stored)).toBeUndefined();
    },
    PATIENCE,
  );

  it(
    'decides nothing on what a newer release has written',
    async () => {
      const stream = fresh();
      await count(runner(), stream, 1);
      const older = new EventCodec(new EventRegistry([]), keys);
      const olderRunner = new CommandRunner(log, older, new StreamLoader(log, older));
      await expect(count(olderRunner, stream, 1)).rejects.toThrow(NewerEventError);
      const newer = new EventCodec(
        new EventRegistry([{ ...counted, version: 2, upcasters: { 1: (data) => data } }]),
        keys,
      );
      await count(new CommandRunner(log, newer, new StreamLoader(log, newer)), stream, 1);
      await expect(count(runner(), stream, 1)).rejects.toThrow('counter.counted version 2; this program knows 1');
      expect(await events(stream)).toHaveLength(2);
    },
    PATIENCE,
  );

  it(
    'refuses what the other process has made impossible',
    async () => {
      const stream = fresh();
      const [a, b] = [runner(), runner()];
      await count(a, stream, 600);
      await count(b, stream, 400);
      // What a remembers, 600, would allow it.
      expect(await count(a, stream, 300)).toMatchObject({ ok: false, error: { code: 'full' } });
      expect(await events(stream)).toHaveLength(2);
    },
    PATIENCE,
  );

  it(
    'loads what a stream has come to, going on from what was loaded before',
    async () => {
      const stream = fresh();
      const reads: (number | undefined)[] = [];
      const counting = new Proxy(log, {
        get: (target, name) =>
          name === 'readStream'
            ? (...args: Parameters<EventLog['readStream']>) => {
                reads.push(args[1]?.fromRevision);
                return target.readStream(...args);
              }
            : Reflect.get(target, name, target),
      });
      const [writer, reader] = [runner(), runner(counting)];
      expect(await reader.load(counter, stream)).toBeUndefined();
      for (const by of [1, 2]) await count(writer, stream, by);
      const first = await reader.load(counter, stream);
      expect(first).toEqual({ state: 3, revision: 1 });
      await count(writer, stream, 4);
      expect(await reader.load(counter, stream, first)).toEqual({ state: 7, revision: 2 });
      expect(await reader.load(counter, stream, { state: 7, revision: 2 })).toEqual({ state: 7, revision: 2 });
      expect(reads).toEqual([0, 0, 2, 3]);
    },
    PATIENCE,
  );

  it(
    'prepares for what is about to be appended, and for nothing that the store has made impossible',
    async () => {
      const stream = fresh();
      const [a, b] = [runner(), runner()];
      const prepared: string[] = [];
      const by = (on: CommandRunner, name: string, sum: number, extra: Partial<CommandMeta> = {}) =>
        on.execute({
          decider: counter,
          stream,
          command: { by: sum },
          meta: meta(extra),
          beforeAppend: async () => {
            prepared.push(`${name} at ${(await events(stream)).length}`);
          },
        });
      await Promise.all([by(a, 'one', 600), by(a, 'nothing', 0), by(a, 'too much', 500)]);
      await by(b, 'two', 300);
      // What a remembers, 600 at revision 0, would allow all of them.
      await Promise.all([by(a, 'stale', 1, { ifMatch: 0 }), by(a, 'late', 200), by(a, 'three', 100)]);
      expect(prepared).toEqual(['one at 0', 'two at 1', 'three at 2']);
      expect(await events(stream)).toHaveLength(3);
    },
    PATIENCE,
  );

  it(
    'asks the store before it says that a revision has gone, or that nothing changes',
    async () => {
      const stream = fresh();
      const [a, b] = [runner(), runner()];
      await count(a, stream, 1);
      await count(b, stream, 1);
      expect(await count(a, stream, 1, { ifMatch: 1 })).toMatchObject({ ok: true, value: { revision: 2 } });
      expect(await count(b, stream, 1, { ifMatch: 1 })).toMatchObject({
        ok: false,
        error: { code: 'revision-mismatch' },
      });
      await count(b, stream, 5);
      expect(await count(a, stream, 0)).toMatchObject({ ok: true, value: { revision: 3, appended: 0 } });
    },
    PATIENCE,
  );

  it(
    'answers a command that comes again with its first outcome, and refuses its key for another',
    async () => {
      const stream = fresh();
      const commandKey = { key: newId(), body: 'one' };
      const first = await count(runner(), stream, 1, { commandKey });
      await count(runner(), stream, 1);
      const again = await Promise.all([
        count(runner(), stream, 1, { commandKey }),
        count(runner(), stream, 1, { commandKey }),
      ]);
      for (const answer of again) {
        expect(answer).toMatchObject({
          ok: true,
          value: { revision: first.ok ? first.value.revision : -1, duplicate: true },
        });
      }
      expect(await count(runner(), stream, 1, { commandKey: { ...commandKey, body: 'two' } })).toMatchObject({
        ok: false,
        error: { code: 'idempotency-key-reused' },
      });
      expect(await events(stream)).toHaveLength(2);
    },
    PATIENCE,
  );

  it(
    'stores a fact once, through whichever process it comes',
    async () => {
      const stream = fresh();
      const [a, b] = [runner(), runner()];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => count(i % 2 === 0 ? a : b, stream, 1, {}, `fact-${i % 3}`)),
      );
      expect(await events(stream)).toHaveLength(3);
    },
    PATIENCE,
  );

  it(
    'decides commands that wait together, and refuses only those that are wrong',
    async () => {
      const stream = fresh();
      const one = runner();
      const answers = await Promise.all([
        count(one, stream, 1),
        count(one, stream, -1),
        count(one, stream, 2_000),
        one.execute({
          decider: counter,
          stream,
          subjectId: newId(),
          command: { by: 1, note: 'x'.repeat(1_000_000) },
          meta: meta(),
        }),
        count(one, stream, 1),
      ]);
      expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
        'ok',
        'invalid-event',
        'full',
        'too-large',
        'ok',
      ]);
      expect(await events(stream)).toHaveLength(2);
    },
    PATIENCE,
  );

  it(
    'splits what does not fit into one append',
    async () => {
      const stream = fresh();
      const one = runner();
      const subjectId = newId();
      const answers = await Promise.all(
        Array.from({ length: 12 }, () =>
          one.execute({
            decider: counter,
            stream,
            subjectId,
            command: { by: 1, note: 'x'.repeat(150_000) },
            meta: meta(),
          }),
        ),
      );
      expect(answers.every(({ ok: accepted }) => accepted)).toBe(true);
      expect(verifyChain(await events(stream))).toBeUndefined();
    },
    PATIENCE,
  );

  it.each(['alone', 'overtaken'])(
    'sends the same bytes again after an unknown outcome, and stores them once (%s)',
    async (how) => {
      const stream = fresh();
      const other = runner();
      let first = true;
      /** Appends, and then loses the answer. */
      const lossy = new Proxy(log, {
        get: (target, name) =>
          name === 'append'
            ? async (...args: Parameters<EventLog['append']>) => {
                const result = await target.append(...args);
                if (!first) return result;
                first = false;
                if (how === 'overtaken') await count(other, stream, 1);
                throw new EventStoreUnavailableError();
              }
            : Reflect.get(target, name, target),
      });
      expect(await count(runner(lossy), stream, 1)).toMatchObject({ ok: true, value: { revision: 0 } });
      const stored = await events(stream);
      expect(stored).toHaveLength(how === 'alone' ? 1 : 2);
      expect(verifyChain(stored)).toBeUndefined();
    },
    PATIENCE,
  );

  it(
    'asks once whether a stream is there for all who want to know, and believes no answer that is older than they',
    async () => {
      const stream = fresh();
      let asked = 0;
      const hasRead = new Signal();
      const mayAnswer = new Signal();
      const slow = new Proxy(log, {
        get: (target, name) =>
          name === 'lastRevision'
            ? async (id: string) => {
                asked++;
                const revision = await target.lastRevision(id);
                hasRead.give();
                await mayAnswer.given;
                return revision;
              }
            : Reflect.get(target, name, target),
      });
      const one = runner(slow);
      const before = one.exists(stream);
      await hasRead.given;
      await count(runner(), stream, 1);
      const after = Promise.all([one.exists(stream), one.exists(stream), one.exists(stream)]);
      mayAnswer.give();
      expect(await before).toBe(false);
      expect(await after).toEqual([true, true, true]);
      expect(asked).toBe(2);
      expect(await one.hasBegun(counter, stream)).toBe(true);
      expect(await one.hasBegun(counter, fresh())).toBe(false);
    },
    PATIENCE,
  );

  it(
    'is right about a stream that was taken for new',
    async () => {
      const stream = fresh();
      await count(runner(), stream, 999);
      const answer = await runner().execute({
        decider: counter,
        stream,
        likelyNew: true,
        command: { by: 2 },
        meta: meta(),
      });
      expect(answer).toMatchObject({ ok: false, error: { code: 'full' } });
      const second = await runner().execute({
        decider: counter,
        stream,
        likelyNew: true,
        command: { by: 1 },
        meta: meta(),
      });
      expect(second).toMatchObject({ ok: true, value: { revision: 1 } });
    },
    PATIENCE,
  );
});
