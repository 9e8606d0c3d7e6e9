import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandMeta } from '#libs/event-store';
import { Digests } from '#libs/privacy';
import { ContactIndexInMemory, StreamsInMemory } from '#libs/testing';
import { TagVocabulary } from '../../tags/tag-vocabulary.js';
import { AddCandidateCommand } from '../add-candidate/add-candidate.command.js';
import { AddCandidateHandler } from '../add-candidate/add-candidate.handler.js';
import { CandidateContacts } from '../candidate-contacts.js';
import { DeclaredCustomFields } from '../declared-custom-fields.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import { SubmitApplicationCommand } from '../submit-application/submit-application.command.js';
import { SubmitApplicationHandler } from '../submit-application/submit-application.handler.js';
import { AddresseeFinder } from './addressee-finder.js';
import { RecordInteractionCommand } from './record-interaction.command.js';
import { RecordInteractionHandler } from './record-interaction.handler.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const meta = (occurredAt = NOW): CommandMeta => ({
  context: { actor: { kind: 'system', id: 'spec' }, correlationId: 'c', source: 'spec' },
  occurredAt,
});
const afterMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const check = new OccurredAtCheck({ now: () => NOW });

let streams: StreamsInMemory;
let index: ContactIndexInMemory;
let add: AddCandidateHandler;
let record: RecordInteractionHandler;
let submit: SubmitApplicationHandler;
/** The ids of the one person whom there are several of. */
let merged: readonly string[];
beforeEach(() => {
  streams = new StreamsInMemory();
  index = new ContactIndexInMemory();
  merged = [];
  const people = { idsOf: (id: string) => Promise.resolve(merged.includes(id) ? merged : [id]) };
  const runner = streams.asRunner;
  const contacts = new CandidateContacts(index.asIndex, runner);
  const digests = new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) });
  add = new AddCandidateHandler(runner, contacts, new TagVocabulary(), check, new DeclaredCustomFields(runner));
  const addressees = new AddresseeFinder(runner, index.asIndex, contacts, people);
  record = new RecordInteractionHandler(runner, addressees, digests, check);
  submit = new SubmitApplicationHandler(runner, check);
});

const addPerson = (id: string, ...emails: string[]) => {
  const contactPoints = emails.map((value) => ({ kind: 'email' as const, value }));
  const person = { contactPoints, tags: [], skills: [], interests: [], externalIds: [] };
  return add.execute(new AddCandidateCommand(id, person, meta()));
};
const to = (value: string) => ({ recipient: { kind: 'email', value } });
const happened = (
  addressee: { candidateId: string } | ReturnType<typeof to>,
  type: RecordInteractionCommand['report']['interaction']['type'],
  data: Record<string, unknown> = {},
  more: { eventId?: string; at?: Date } = {},
) =>
  record.execute(
    new RecordInteractionCommand(
      {
        ...addressee,
        interaction: { type, data },
        ...(more.eventId === undefined ? {} : { fact: { provider: 'sendgrid', eventId: more.eventId } }),
      },
      meta(more.at),
    ),
  );
const landedOn = (id: string) => ({ ok: true, value: { candidateId: id, appended: 1 } });
const refusedWith = (code: string) => ({ ok: false, error: { code } });

describe('Recording what happened', () => {
  it('finds the candidate by id or address, and refuses where that is nobody or several', async () => {
    await addPerson('ada', 'ada@example.org', 'shared@example.org');
    await addPerson('bob', 'shared@example.org');
    await index.add('never-added', [{ kind: 'email', value: 'ghost@example.org' }]);
    expect(await happened({ candidateId: 'ada' }, 'note.added', { text: 'x' })).toMatchObject(landedOn('ada'));
    expect(await happened(to('ADA@example.org '), 'email.opened')).toMatchObject(landedOn('ada'));
    expect(await happened(to('shared@example.org'), 'email.opened')).toMatchObject(refusedWith('candidate-ambiguous'));
    expect(await happened(to('ghost@example.org'), 'email.opened')).toMatchObject(refusedWith('candidate-unknown'));
    expect(await happened({ candidateId: 'x' }, 'email.opened')).toMatchObject(refusedWith('candidate-unknown'));
  });

  it('gives a message`s later events to the one it was sent to, whoever has the address by then', async () => {
    await addPerson('ada', 'team@example.org');
    await happened(to('team@example.org'), 'email.sent', { messageId: 'm1' });
    await happened({ candidateId: 'ada' }, 'email.sent', { messageId: 'm2' });
    await addPerson('bob', 'team@example.org');
    expect(await happened(to('Team@example.org'), 'email.clicked', { messageId: 'm1' })).toMatchObject(landedOn('ada'));
    expect(await happened(to('team@example.org'), 'email.clicked', { messageId: 'm2' })).toMatchObject(landedOn('ada'));
  });

  it('takes those who were merged for one person, of whom the id that had the address first goes on', async () => {
    await addPerson('ada', 'ada@example.org');
    const bounced = () => happened(to('ada@example.org'), 'email.bounced', { kind: 'hard' }, { eventId: 'e' });
    await bounced();
    await addPerson('twin', 'ada@example.org');
    const unsubscribed = () => happened(to('ada@example.org'), 'email.unsubscribed');
    expect(await unsubscribed()).toMatchObject(refusedWith('candidate-ambiguous'));
    for (const ids of [
      ['ada', 'twin'],
      ['twin', 'ada'],
    ]) {
      merged = ids;
      expect(await unsubscribed()).toMatchObject(landedOn('ada'));
      expect(await bounced()).toMatchObject({ ok: true, value: { candidateId: 'ada', duplicate: true } });
    }
    await happened({ candidateId: 'twin' }, 'email.sent', { messageId: 'm' });
    expect(await happened(to('ada@example.org'), 'email.clicked', { messageId: 'm' })).toMatchObject(landedOn('twin'));
    await addPerson('bob', 'ada@example.org');
    expect(await unsubscribed()).toMatchObject(refusedWith('candidate-ambiguous'));
  });

  it('keeps the recipients of one message apart', async () => {
    await addPerson('ada', 'ada@example.org');
    await addPerson('bob', 'bob@example.org');
    await happened(to('ada@example.org'), 'email.sent', { messageId: 'm' });
    // Nobody told us that it went to Bob as well.
    expect(await happened(to('bob@example.org'), 'email.opened', { messageId: 'm' })).toMatchObject(landedOn('bob'));
    await happened({ candidateId: 'ada' }, 'email.sent', { messageId: 'n' });
    await happened({ candidateId: 'bob' }, 'email.sent', { messageId: 'n' });
    expect(await happened(to('bob@example.org'), 'email.opened', { messageId: 'n' })).toMatchObject(landedOn('bob'));
  });

  it('takes a provider`s event once for each of its recipients', async () => {
    await addPerson('ada', 'ada@example.org', 'ada@work.example');
    const delivered = (address: string) => happened(to(address), 'email.delivered', {}, { eventId: 'e' });
    expect(await delivered('ada@example.org')).toMatchObject({ ok: true, value: { duplicate: false } });
    expect(await delivered('Ada@Example.org')).toMatchObject({ ok: true, value: { duplicate: true } });
    expect(await delivered('ada@work.example')).toMatchObject({ ok: true, value: { duplicate: false } });
    expect(streams.of('engagement', 'ada')).toHaveLength(2);
  });

  it('allows for clocks that are five minutes ahead, and for nothing before 1970', async () => {
    await addPerson('ada');
    const at = (time: Date) => happened({ candidateId: 'ada' }, 'email.opened', {}, { at: time });
    expect(await at(afterMinutes(5))).toMatchObject(landedOn('ada'));
    expect(await at(afterMinutes(5.01))).toMatchObject({
      ok: false,
      error: { kind: 'invalid', code: 'occurred-in-future', pointer: '/occurredAt' },
    });
    expect(await at(new Date(-1))).toMatchObject(refusedWith('occurred-too-early'));
    expect(await at(new Date(Number.NaN))).toMatchObject(refusedWith('occurred-too-early'));
  });

  it('takes applications only of candidates who exist', async () => {
    const application = { candidateId: 'ada', role: 'Engineer', source: { kind: 'other', name: 'Other' } } as const;
    const attempt = () => submit.execute(new SubmitApplicationCommand('app', application, meta()));
    expect(await attempt()).toMatchObject(refusedWith('candidate-unknown'));
    await addPerson('ada');
    expect(await attempt()).toMatchObject({ ok: true, value: { appended: 1 } });
  });
});
