import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandMeta } from '#libs/event-store';
import { taxonomyVersion } from '#libs/taxonomy';
import { ContactIndexInMemory, StreamsInMemory } from '#libs/testing';
import type { ContactPoint } from '../events/index.js';
import { TagVocabulary } from '../tags/tag-vocabulary.js';
import { AddCandidateCommand } from './add-candidate/add-candidate.command.js';
import { AddCandidateHandler } from './add-candidate/add-candidate.handler.js';
import { CandidateContacts } from './candidate-contacts.js';
import { DeclaredCustomFields } from './declared-custom-fields.js';
import { OccurredAtCheck } from './occurred-at-check.js';
import { TagCandidateCommand } from './tag-candidate/tag-candidate.command.js';
import { TagCandidateHandler } from './tag-candidate/tag-candidate.handler.js';
import { UpdateCandidateCommand, type CandidatePatch } from './update-candidate/update-candidate.command.js';
import { UpdateCandidateHandler } from './update-candidate/update-candidate.handler.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const meta: CommandMeta = {
  context: { actor: { kind: 'system', id: 'spec' }, correlationId: 'c', source: 'spec' },
  occurredAt: NOW,
};
const person = { tags: [], contactPoints: [], skills: [], interests: [], externalIds: [] };
const email = (value: string): ContactPoint => ({ kind: 'email', value });

let streams: StreamsInMemory;
let index: ContactIndexInMemory;
let contacts: CandidateContacts;
beforeEach(() => {
  streams = new StreamsInMemory();
  index = new ContactIndexInMemory();
  contacts = new CandidateContacts(index.asIndex, streams.asRunner);
});

const addPerson = (id: string, extra: Partial<AddCandidateCommand['candidate']> = {}) =>
  new AddCandidateHandler(
    streams.asRunner,
    contacts,
    new TagVocabulary(),
    new OccurredAtCheck({ now: () => NOW }),
    new DeclaredCustomFields(streams.asRunner),
  ).execute(new AddCandidateCommand(id, { ...person, ...extra }, meta));
const update = (id: string, patch: CandidatePatch) =>
  new UpdateCandidateHandler(
    streams.asRunner,
    contacts,
    new TagVocabulary(),
    new DeclaredCustomFields(streams.asRunner),
  ).execute(new UpdateCandidateCommand(id, patch, meta));

describe('Adding and updating a candidate', () => {
  it('stores contacts as they are compared, each once, and makes them findable', async () => {
    await addPerson('ada', {
      location: { country: 'US' },
      contactPoints: [email(' Ada@Example.org'), email('ada@example.org'), { kind: 'phone', value: '(512) 555-0177' }],
      externalIds: [
        { system: 'lever', id: ' 7 ' },
        { system: 'lever', id: '7' },
      ],
    });
    expect(streams.of('candidate', 'ada')[0]?.data).toMatchObject({
      contactPoints: [email('ada@example.org'), { kind: 'phone', value: '+15125550177' }],
      externalIds: [{ system: 'lever', id: '7' }],
    });
    expect(await index.find('email', 'ada@example.org')).toEqual(['ada']);
    expect(await index.find('phone', '+15125550177')).toEqual(['ada']);
    expect(await index.find('external:lever', '7')).toEqual(['ada']);
  });

  it('reads a phone number as one of the country that the candidate lives in, or moves to', async () => {
    await addPerson('ada', { location: { country: 'DE' } });
    await update('ada', { contactPoints: [{ kind: 'phone', value: '030 901820' }] });
    expect(streams.of('candidate', 'ada').at(-1)?.data).toEqual({
      contactPoints: [{ kind: 'phone', value: '+4930901820' }],
    });
    await update('ada', { contactPoints: [{ kind: 'phone', value: '512 555 0177' }], location: { country: 'US' } });
    expect(await index.find('phone', '+15125550177')).toEqual(['ada']);
  });

  it('leaves no trace of contacts in the index for a candidate who does not exist', async () => {
    expect(await update('nobody', { contactPoints: [email('a@example.org')] })).toMatchObject({
      ok: false,
      error: { code: 'candidate-unknown' },
    });
    expect(await index.find('email', 'a@example.org')).toEqual([]);
  });

  it('records what the taxonomy makes of a title, skills and a location, and with which edition', async () => {
    const skills = [{ name: 'k8s', years: 2 }, { name: 'Falconry' }];
    await addPerson('ada', { title: 'Sr. Back-End Engineer', skills, location: { city: 'Austin', region: 'TX' } });
    expect(streams.of('candidate', 'ada')[0]?.data).toMatchObject({
      title: 'Sr. Back-End Engineer',
      skills,
      normalised: {
        taxonomyVersion,
        titleKey: 'backend-developer',
        occupations: ['15-1252.00', '15-1254.00'],
        skillKeys: ['kubernetes', 'falconry'],
        place: { city: 'Austin', region: 'Texas', country: 'US', latitude: 30.2672, longitude: -97.7431 },
      },
    });
    await update('ada', { location: { city: 'München' }, title: null, employer: 'Initech' });
    expect(streams.of('candidate', 'ada').at(-1)?.data).toEqual({
      title: null,
      employer: 'Initech',
      location: { city: 'München' },
      normalised: {
        taxonomyVersion,
        place: { city: 'Munich', region: 'Bavaria', country: 'DE', latitude: 48.1374, longitude: 11.5755 },
      },
    });
    await update('ada', { location: { city: 'Nowhere' }, skills: null });
    expect(streams.of('candidate', 'ada').slice(-2)).toEqual([
      { type: 'candidate.profile-changed', data: { location: { city: 'Nowhere' } } },
      { type: 'candidate.skills-changed', data: { skills: [] } },
    ]);
  });

  it('clears a list with null, and takes one word twice for one', async () => {
    await addPerson('ada', { skills: [{ name: 'Go' }] });
    await update('ada', { skills: null, interests: ['backend', 'backend'] });
    expect(streams.of('candidate', 'ada').slice(1)).toEqual([
      { type: 'candidate.skills-changed', data: { skills: [] } },
      { type: 'candidate.interests-changed', data: { interests: ['backend'] } },
    ]);
  });

  it('takes a tag away also when it was given under another list of tags', async () => {
    await addPerson('ada', { tags: ['alumni', 'likes-tea'] });
    const tag = new TagCandidateHandler(streams.asRunner, new TagVocabulary(['likes-tea']));
    await tag.execute(new TagCandidateCommand('ada', { add: [], remove: ['Alumni', 'likes-tea'] }, meta));
    expect(streams.of('candidate', 'ada').at(-1)).toEqual({
      type: 'candidate.untagged',
      data: { tags: ['alumni'], freeTags: ['likes-tea'] },
    });
  });
});
