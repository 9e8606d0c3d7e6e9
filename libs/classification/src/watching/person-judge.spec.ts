import type { EventCodec, EventLog, CommandMeta, CommandRunner, StreamCommand } from '#libs/event-store';
import { err, fold, newId, ok, refusal, type DomainEvent } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { MemoryDecoder, MemoryLog } from '../../../../test/support/memory-log.js';
import { PersonJudge } from './person-judge.js';

const MOST_IN_AN_APPEND = 1_000;

/** A person who clicked often, and was never judged. */
class Clicker {
  readonly candidateId = newId();
  readonly log = new MemoryLog();
  /** How many verdicts each append held. */
  readonly appends: number[] = [];
  /** The append that fails, from 1. */
  fails = 0;
  private readonly accepted = new Set<string>();

  constructor(clicks: number) {
    for (let n = 0; n < clicks; n++) this.click();
  }

  click(): void {
    this.log.append({ type: 'email.clicked', streamId: this.streamId, data: { messageId: newId(), agent: 'human' } });
  }

  get judged(): string[] {
    return this.log.events
      .filter(({ type }) => type === 'engagement.classified')
      .map(({ data }) => (data as { eventId: string }).eventId);
  }

  get judge(): PersonJudge {
    const runner = { execute: (command: Classify) => Promise.resolve().then(() => this.execute(command)) };
    return new PersonJudge(
      this.log as unknown as EventLog,
      new MemoryDecoder() as unknown as EventCodec,
      runner as unknown as CommandRunner,
    );
  }

  private get streamId(): string {
    return `engagement-${this.candidateId}`;
  }

  /** As the runner does. */
  private execute({ decider, command, meta }: Classify) {
    const done = { revision: 0, position: { commit: 0n, prepare: 0n }, appended: 0, duplicate: false };
    const key = meta.commandKey?.key;
    if (key !== undefined && this.accepted.has(key)) return ok({ ...done, duplicate: true });
    const decided = decider.decide(command, fold(decider, this.log.events));
    if (!decided.ok || decided.value.length === 0) return ok(done);
    if (decided.value.length > MOST_IN_AN_APPEND) return err(refusal('invalid', 'too-large', 'Too large.'));
    if (this.appends.length + 1 === this.fails) throw new Error('Died.');
    this.appends.push(decided.value.length);
    if (key !== undefined) this.accepted.add(key);
    this.log.append(...decided.value.map((event) => ({ ...event, streamId: this.streamId })));
    return ok({ ...done, appended: decided.value.length });
  }
}
type Classify = StreamCommand<unknown, unknown, DomainEvent>;

const meta: CommandMeta = {
  context: { actor: { kind: 'system', id: 'spec' }, correlationId: newId(), source: 'spec' },
  occurredAt: new Date(),
  commandKey: { key: 'once', body: 'once' },
};

describe('Whoever has more new verdicts than fit into one append', () => {
  it('gets all of them, and the command is known when it comes again', async () => {
    const person = new Clicker(1_200);
    const recorded = await person.judge.record(person.candidateId, meta);
    expect(recorded).toMatchObject({ ok: true, value: { appended: 1_200, duplicate: false } });
    expect(new Set(person.judged).size).toBe(1_200);
    expect(person.appends).toEqual([500, 500, 200]);
    for (let n = 0; n < 600; n++) person.click();
    expect(await person.judge.record(person.candidateId, meta)).toMatchObject({ ok: true, value: { duplicate: true } });
    expect(person.appends).toHaveLength(3);
  });

  it('gets each once where it was cut short, and what has come meanwhile', async () => {
    const person = new Clicker(1_200);
    person.fails = 2;
    await expect(person.judge.record(person.candidateId, meta)).rejects.toThrow('Died.');
    person.fails = 0;
    person.click();
    expect(await person.judge.record(person.candidateId, meta)).toMatchObject({ ok: true, value: { appended: 701 } });
    expect([person.judged.length, new Set(person.judged).size]).toEqual([1_201, 1_201]);
  });
});
