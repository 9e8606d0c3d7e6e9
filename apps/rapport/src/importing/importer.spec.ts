import { CandidatesModule, UpdateCandidateCommand } from '#libs/candidates';
import { CommandRunner, EventLog, type CommandMeta } from '#libs/event-store';
import { IdentityModule, KnownPeople, MergeCandidatesCommand } from '#libs/identity';
import { FixedClock, newId } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import { ContactIndexInMemory, StreamsInMemory } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import type { CandidateRecord } from './candidate-record.js';
import { importRecords } from './import-records.js';
import { Importer } from './importer.js';
import { ImportReport } from './report.js';

const digests = new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) });

/** What the write side stores in. */
@Global()
@Module({})
class InMemory {
  static of(streams: StreamsInMemory): DynamicModule {
    const providers = [
      { provide: CommandRunner, useValue: streams.asRunner },
      { provide: EventLog, useValue: streams.asLog },
      { provide: ContactIndex, useValue: new ContactIndexInMemory().asIndex },
      { provide: Digests, useValue: digests },
    ];
    return { module: InMemory, providers, exports: providers.map(({ provide }) => provide) };
  }
}

describe('An import of candidates', () => {
  const clock = new FixedClock(new Date('2026-03-01T12:00:00Z'));
  let streams: StreamsInMemory;
  let writeSide: TestingModule;
  beforeEach(async () => {
    streams = new StreamsInMemory();
    const candidates = CandidatesModule.forRoot({ people: KnownPeople });
    const imports = [InMemory.of(streams), CqrsModule.forRoot(), candidates, IdentityModule];
    writeSide = await Test.createTestingModule({ imports }).compile();
    await writeSide.init();
  });
  afterEach(() => writeSide.close());

  const record = (full: string, id?: string, email?: string): CandidateRecord => ({
    name: { full },
    contactPoints: email === undefined ? [] : [{ kind: 'email', value: email }],
    externalIds: id === undefined ? [] : [{ system: 'ats', id }],
    skills: [],
    interests: [],
    tags: [],
  });
  const reported = async (...records: CandidateRecord[]): Promise<readonly string[]> => {
    const report = new ImportReport();
    const lines = records.map((value, i) => ({ line: i + 1, ok: true as const, value }));
    await importRecords(lines, new Importer(writeSide, clock).candidates, report);
    return report.lines();
  };
  const idOf = async (one: CandidateRecord): Promise<string> =>
    (await new Importer(writeSide, clock).candidate(one, 1)).candidateId;
  const merge = async (survivorId: string, mergedId: string): Promise<void> => {
    const context = { actor: { kind: 'user' as const, id: 'user-1' }, correlationId: newId(), source: 'api' };
    const meta: CommandMeta = { context, occurredAt: clock.now() };
    const merged = { mergeId: newId(), survivorId, mergedId };
    const outcome = await writeSide.get(CommandBus).execute(new MergeCandidatesCommand(merged, 'review', meta));
    expect(outcome).toMatchObject({ ok: true });
  };
  const contacts = (...emails: string[]) => emails.map((value) => ({ kind: 'email' as const, value }));
  const eventsOf = (id: string): readonly string[] => streams.of('candidate', id).map(({ type }) => type);

  it('takes those who share an address for several people until they are merged, and then updates the one they go by', async () => {
    const [ada, twin] = [await idOf(record('Ada', '1', 'ada@example.org')), await idOf(record('Ada L.', '2'))];
    const both = record('Ada Lovelace', '2', 'ada@example.org');
    expect(await reported(both)).toEqual([
      expect.stringContaining('0 updated, 0 unchanged, 1 refused'),
      expect.stringContaining('line 1: candidate-ambiguous'),
    ]);
    await merge(ada, twin);
    expect(await reported(both)).toEqual([expect.stringContaining('1 updated, 0 unchanged, 0 refused')]);
    expect(await reported(both)).toEqual([expect.stringContaining('0 updated, 1 unchanged, 0 refused')]);
    expect(eventsOf(ada)).toEqual(['candidate.added', 'candidate.profile-changed', 'candidate.external-id-linked']);
    expect(eventsOf(twin)).toEqual(['candidate.added']);
  });

  describe('by an address that somebody gave up', () => {
    const has = async (id: string, ...emails: string[]): Promise<void> => {
      const context = { actor: { kind: 'user' as const, id: 'user-1' }, correlationId: newId(), source: 'api' };
      const update = new UpdateCandidateCommand(
        id,
        { contactPoints: contacts(...emails) },
        {
          context,
          occurredAt: clock.now(),
        },
      );
      expect(await writeSide.get(CommandBus).execute(update)).toMatchObject({ ok: true });
    };

    it('finds them by their name, and nobody by another one or by none: it may have been theirs by mistake', async () => {
      const ada = await idOf(record('Ada Lovelace', undefined, 'mary@example.org'));
      await has(ada, 'ada@example.org');
      const before = eventsOf(ada);
      const mary = await idOf(record('Mary Somerville', undefined, 'Mary@example.org'));
      expect(mary).not.toBe(ada);
      expect(eventsOf(mary)).toEqual(['candidate.added']);
      expect(eventsOf(ada)).toEqual(before);
      expect(await idOf(record('Mary Somerville', undefined, 'mary@example.org'))).toBe(mary);
      await has(mary, 'somerville@example.org');
      const { name: _, ...nameless } = record('', undefined, 'mary@example.org');
      expect([ada, mary]).not.toContain(await idOf(nameless));
      await has(await idOf(nameless));
      expect(await idOf(record(' ada  LOVELACE', undefined, 'mary@example.org'))).toBe(ada);
    });

    it('finds who has it today, whoever had it before, and whoever has another identifier of the record', async () => {
      const ada = await idOf(record('Ada Lovelace', '1', 'shared@example.org'));
      await has(ada, 'ada@example.org');
      const mary = await idOf(record('Mary Somerville', '2', 'shared@example.org'));
      expect(await idOf(record('Ada Lovelace', undefined, 'shared@example.org'))).toBe(mary);
      expect(await idOf(record('Ada Lovelace', '1'))).toBe(ada);
      await has(mary, 'mary@example.org');
      expect(await idOf(record('Mary Somerville', '1', 'shared@example.org'))).toBe(ada);
    });

    it('takes the record for neither of two, where another one has the rest of it today', async () => {
      const phone = { kind: 'phone' as const, value: '+1 512 555 0100' };
      const ada = await idOf(record('Ada Lovelace', undefined, 'old@example.org'));
      await has(ada, 'ada@example.org');
      const bob = await idOf({ ...record('Bob', '7', 'bob@example.org'), contactPoints: [phone] });
      const both = { ...record('Ada Lovelace'), contactPoints: [...contacts('old@example.org'), phone] };
      expect(await reported(both)).toContainEqual(expect.stringContaining('line 1: candidate-ambiguous'));
      expect([eventsOf(ada).length, eventsOf(bob).length]).toEqual([2, 1]);
      expect(await idOf({ ...both, name: { full: 'Grace' } })).toBe(bob);
      expect(await idOf({ ...both, externalIds: [{ system: 'ats', id: '7' }] })).toBe(bob);
    });

    it('does not give it back to them by a record of addresses alone, which adds what is new', async () => {
      const known = (id: string): unknown =>
        streams
          .of('candidate', id)
          .flatMap(({ type, data }) => (type === 'candidate.contact-points-changed' ? [data] : []))
          .at(-1);
      const ada = await idOf(record('Ada Lovelace', '1', 'old@example.org'));
      await has(ada, 'ada@example.org');
      expect(await reported(record('Ada Lovelace', undefined, 'old@example.org'))).toEqual([
        expect.stringContaining('0 updated, 1 unchanged, 0 refused'),
      ]);
      const more = { ...record('Ada Lovelace'), contactPoints: contacts('old@example.org', 'new@example.org') };
      for (const outcome of ['1 updated, 0 unchanged', '0 updated, 1 unchanged'])
        expect(await reported(more)).toEqual([expect.stringContaining(outcome)]);
      expect(known(ada)).toEqual({ contactPoints: contacts('ada@example.org', 'new@example.org') });
      const { name: _, ...some } = { ...record(''), contactPoints: contacts('new@example.org') };
      expect(await reported(some)).toEqual([expect.stringContaining('0 updated, 1 unchanged')]);
      // A system knows its own people.
      for (const outcome of ['1 updated, 0 unchanged', '0 updated, 1 unchanged'])
        expect(await reported(record('Ada Lovelace', '1', 'old@example.org'))).toEqual([
          expect.stringContaining(outcome),
        ]);
      expect(known(ada)).toEqual({ contactPoints: contacts('old@example.org') });
    });

    it('does not give a phone number back, however it is written', async () => {
      const phones = (...values: string[]) => values.map((value) => ({ kind: 'phone' as const, value }));
      const ada = await idOf({
        ...record('Ada Lovelace', undefined, 'ada@example.org'),
        contactPoints: [...contacts('ada@example.org'), ...phones('+1 512 555 0100')],
        location: { country: 'US' },
      });
      await has(ada, 'ada@example.org');
      const again = [...contacts('ada@example.org'), ...phones('(512) 555-0100')];
      expect(await reported({ ...record('Ada Lovelace'), contactPoints: again })).toEqual([
        expect.stringContaining('0 updated, 1 unchanged'),
      ]);
    });

    it('is not one of those by which another one is found today', async () => {
      const phone = { kind: 'phone' as const, value: '+1 512 555 0100' };
      const bob = await idOf({ ...record('Bob'), contactPoints: [...contacts('old@example.org'), phone] });
      const context = { actor: { kind: 'user' as const, id: 'user-1' }, correlationId: newId(), source: 'api' };
      const moved = { contactPoints: [...contacts('bob@example.org'), phone] };
      const meta = { context, occurredAt: clock.now() };
      await writeSide.get(CommandBus).execute(new UpdateCandidateCommand(bob, moved, meta));
      const ada = await idOf(record('Ada Lovelace', undefined, 'old@example.org'));
      await has(ada, 'ada@example.org');
      const both = { ...record('Ada Lovelace'), contactPoints: [...contacts('old@example.org'), phone] };
      expect(await reported(both)).toContainEqual(expect.stringContaining('line 1: candidate-ambiguous'));
    });

    it('finds whoever has it under another one of their ids', async () => {
      const [ada, twin] = [
        await idOf(record('Ada', '1', 'ada@example.org')),
        await idOf(record('Ada L.', '2', 'lovelace@example.org')),
      ];
      await merge(ada, twin);
      expect(await idOf(record('A. L.', undefined, 'lovelace@example.org'))).toBe(ada);
    });
  });

  it('keeps all addresses of somebody whom two imports add at once', async () => {
    const more = { ...record('Ada'), contactPoints: contacts('ada@example.org', 'lovelace@example.org') };
    const [ada, same] = await Promise.all([idOf(more), idOf(record('Ada', undefined, 'ada@example.org'))]);
    expect(same).toBe(ada);
    expect(eventsOf(ada)).toEqual(['candidate.added']);
  });

  it.each([
    ['the external id', record('Ada L.', '2')],
    ['the very same record', record('Ada L.')],
  ])('writes nothing to an id that was merged away, also where %s leads there alone', async (_, theirs) => {
    const [ada, twin] = [await idOf(record('Ada', '1')), await idOf(theirs)];
    await merge(ada, twin);
    expect(await reported(theirs)).toEqual([expect.stringContaining('1 updated, 0 unchanged, 0 refused')]);
    expect(eventsOf(twin)).toEqual(['candidate.added']);
    expect(streams.of('candidate', ada).at(1)).toMatchObject({
      type: 'candidate.profile-changed',
      data: { name: { full: 'Ada L.' } },
    });
  });
});
