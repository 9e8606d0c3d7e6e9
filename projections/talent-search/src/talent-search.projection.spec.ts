import { ERASED } from '#libs/kernel';
import { HandlerFailedError, MemoryReadModel } from '#libs/projecting';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ToldHistory } from '../../../test/support/told-history.js';
import { talent, talentActivity, talentInterests } from './tables.js';
import { talentSearch } from './talent-search.projection.js';

const day = (days: number): Date => new Date(Date.UTC(2026, 0, 1 + days));

describe('The talent search read model', () => {
  let told: ToldHistory;
  beforeEach(() => {
    told = new ToldHistory();
  });
  const fold = (): MemoryReadModel => {
    const model = new MemoryReadModel(talentSearch);
    model.apply(told.events);
    return model;
  };
  const person = () => {
    const model = fold();
    return { ...model.rows(talent)[0], ...model.rows(talentActivity)[0] };
  };

  it('knows of a person what they were added with, as it was told and as it is compared', () => {
    told.added(day(0), {
      name: { full: 'José Núñez' },
      title: 'Senior Engineers',
      experienceYears: 4.5,
      location: { city: 'São Paulo', country: 'BR' },
      skills: [{ name: 'Node.js', years: 3 }, { name: 'SQL' }],
      interests: ['Backend'],
      tags: ['Alumni'],
      freeTags: ['Met in Köln'],
      contactPoints: [
        { kind: 'email', value: 'jose@example.com' },
        { kind: 'phone', value: '+5511999990000' },
      ],
      source: { kind: 'referral', name: 'Referral' },
      owner: 'user-1',
    });
    expect(person()).toMatchObject({
      revision: 0,
      name: 'José Núñez',
      name_key: 'jose nunez',
      title_words: ['senior', 'engineer'],
      city: 'São Paulo',
      city_key: 'sao paulo',
      region: null,
      experience_months: 54,
      skills: [
        { key: 'node.js', name: 'Node.js', years: 3 },
        { key: 'sql', name: 'SQL', years: null },
      ],
      skill_keys: ['node.js', 'sql'],
      interest_keys: ['backend'],
      tag_keys: ['alumni', 'met in koln'],
      emails: ['jose@example.com'],
      phones: ['+5511999990000'],
      added_at: day(0),
      last_human_contact_at: null,
      last_interaction_at: null,
      search_text: 'jose nunez senior engineers node.js sql sao paulo alumni met in koln backend',
    });
  });

  it('follows what was decided since, with the revision of the last decision', () => {
    const id = told.added(day(0), { name: { full: 'Ada' }, title: 'Engineer', employer: 'Acme', tags: ['a', 'b'] });
    told.decided(id, day(1), { type: 'candidate.profile-changed', data: { title: 'Director', employer: null } });
    told.decided(id, day(1), { type: 'candidate.tagged', data: { tags: ['b', 'c'], freeTags: ['x'] } });
    told.decided(id, day(1), { type: 'candidate.untagged', data: { tags: ['a'], freeTags: ['x'] } });
    told.decided(id, day(1), { type: 'candidate.owner-assigned', data: { owner: 'user-2' } });
    told.decided(id, day(2), {
      type: 'candidate.external-id-linked',
      data: { externalId: { system: 'ats', id: '7' } },
    });
    expect(person()).toMatchObject({
      revision: 5,
      name: 'Ada',
      title: 'Director',
      employer: null,
      tags: ['b', 'c'],
      free_tags: [],
      owner: 'user-2',
      added_at: day(0),
      search_text: 'ada director b c',
    });
  });

  it('dates the last contact by acts of the person, in whatever order they are told', () => {
    const id = told.added(day(0));
    told.happened(id, day(9), { type: 'email.replied', data: { sentiment: 'interested' } });
    told.happened(id, day(5), { type: 'meeting.held', data: { format: 'video' } });
    told.happened(id, day(20), { type: 'email.opened', data: { agent: 'human' } });
    told.happened(id, day(30), { type: 'email.clicked', data: { agent: 'machine' } });
    told.happened(id, day(25), { type: 'call.made', data: { outcome: 'voicemail' } });
    expect(person()).toMatchObject({ last_human_contact_at: day(9), last_interaction_at: day(30) });
    const application = told.applied(id, day(40));
    told.moved(application, id, day(50), { type: 'application.rejected', data: { candidateId: id } });
    expect(person()).toMatchObject({ last_human_contact_at: day(40), last_interaction_at: day(50), revision: 0 });
  });

  it('keeps every interest with when it was expressed', () => {
    const id = told.added(day(0));
    const backend = { interest: 'Backend', role: 'Backend Engineers' };
    told.happened(id, day(1), { type: 'interest.expressed', data: backend });
    told.happened(id, day(3), { type: 'interest.expressed', data: { interest: 'Backend' } });
    expect(fold().rows(talentInterests)).toMatchObject([
      { interest_key: 'backend', role_words: ['backend', 'engineer'], expressed_at: day(1) },
      { interest_key: 'backend', role_words: [], expressed_at: day(3) },
    ]);
  });

  it('shows what was erased as erased, and finds nobody by it', () => {
    told.added(day(0), {
      name: { full: ERASED },
      title: 'Engineer',
      contactPoints: [{ kind: 'email', value: ERASED }],
      freeTags: [ERASED],
    });
    expect(person()).toMatchObject({
      name: ERASED,
      name_key: null,
      emails: [ERASED],
      free_tags: [ERASED],
      tag_keys: [],
      search_text: 'engineer',
    });
  });

  it('fails on what happened to somebody who was never added', () => {
    told.happened('7a0c5d0e-0000-4000-8000-000000000000', day(1), { type: 'note.added', data: { text: 'Who?' } });
    expect(fold).toThrow(HandlerFailedError);
  });
});
