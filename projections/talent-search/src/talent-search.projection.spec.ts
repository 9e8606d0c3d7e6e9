import type { CustomFieldSet } from '#libs/candidates';
import { ERASED } from '#libs/kernel';
import { HandlerFailedError, MemoryReadModel } from '#libs/projecting';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { membership } from '#libs/criteria';
import { ToldHistory } from '../../../test/support/told-history.js';
import { personHistory } from './person-history.js';
import { encodeSearchCursor } from './queries/search-cursor.js';
import { everNumber, monthNumber } from './moments.js';
import { talent, talentActivity, talentFacts, talentTraits } from './tables.js';
import { talentSearch } from './talent-search.projection.js';
import { termNumber } from './terms.js';

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

  const traits = () => fold().rows(talentTraits)[0];

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
      title_terms: ['senior', 'engineer'],
      city: 'São Paulo',
      city_key: 'sao paulo',
      region_keys: [],
      country_key: 'BR',
      experience_months: 54,
      skills: [
        { keys: ['node.js'], name: 'Node.js', years: 3 },
        { keys: ['sql'], name: 'SQL', years: null },
      ],
      skill_terms: ['node.js', 'sql'],
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

  it('finds a region by its name where only its letters were told, within the country', () => {
    const regionOf = (location: object): unknown => {
      told = new ToldHistory();
      told.added(day(0), { location });
      return person().region_keys;
    };
    expect(regionOf({ region: 'TX', country: 'US' })).toEqual(['tx', 'texas']);
    expect(regionOf({ region: 'Texas' })).toEqual(['texas']);
    expect(regionOf({ city: 'Perth', region: 'WA', country: 'AU' })).toEqual(['wa']);
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

  it('is found by what the taxonomy made of title, skills and location, and shows it', () => {
    const id = told.added(day(0), {
      title: 'Back-End Dev',
      location: { city: 'ATX', country: 'US' },
      skills: [{ name: 'JS' }, { name: 'Falconry' }],
      normalised: {
        taxonomyVersion: 'test',
        titleKey: 'backend-developer',
        occupations: ['15-1252.00'],
        skillKeys: ['javascript', 'falconry'],
        place: { city: 'Austin', region: 'Texas', country: 'US', latitude: 30.26715, longitude: -97.74306 },
      },
    });
    expect(person()).toMatchObject({
      title_terms: ['back', 'end', 'dev', '=backend-developer', '=software-engineer'],
      occupations: ['15-1252.00'],
      city: 'ATX',
      city_key: 'austin',
      region_keys: ['texas'],
      country_key: 'US',
      latitude: 30_267_150,
      longitude: -97_743_060,
      skill_terms: ['js', '=javascript', 'falconry', '=falconry'],
    });
    expect(traits()).toMatchObject({
      city_key: 'austin',
      latitude: 30_267_150,
      skill_keys: ['javascript', 'falconry'],
      terms: expect.arrayContaining(
        ['title:=backend-developer', 'city:austin', 'country:us', 'skills:=javascript'].map(termNumber),
      ),
      moments: [],
    });
    told.decided(id, day(1), {
      type: 'candidate.profile-changed',
      data: { title: 'Dancer', location: { city: 'Ayn' } },
    });
    expect(person()).toMatchObject({
      title_terms: ['dancer'],
      occupations: [],
      city_key: 'ayn',
      place: null,
      latitude: null,
    });
  });

  it('has values of custom fields, and finds nobody by a personal one', () => {
    const id = told.added(day(0));
    const set = (data: CustomFieldSet) => told.decided(id, day(1), { type: 'candidate.custom-field-set', data });
    set({ field: 'visa', type: 'choice', value: 'TN' });
    set({ field: 'visa', type: 'choice', value: 'H-1B' });
    set({ field: 'shifts', type: 'multi-choice', value: ['Early', 'Night'] });
    set({ field: 'about', type: 'text', personalValue: 'Knows Babbage' });
    set({ field: 'pay', type: 'number', personalValue: ERASED });
    set({ field: 'miles', type: 'number', value: 30 });
    told.decided(id, day(2), { type: 'candidate.custom-field-cleared', data: { field: 'miles' } });
    expect(person()).toMatchObject({
      revision: 7,
      custom_fields: {
        visa: { type: 'choice', personal: false, value: 'H-1B' },
        shifts: { type: 'multi-choice', personal: false, value: ['Early', 'Night'] },
        about: { type: 'text', personal: true, value: 'Knows Babbage' },
        pay: { type: 'number', personal: true, value: ERASED },
      },
      search_text: '',
    });
    expect(traits()?.terms).toEqual(
      ['custom.visa:=', 'custom.visa:h 1b', 'custom.shifts:=', 'custom.shifts:early', 'custom.shifts:night'].map(
        termNumber,
      ),
    );
  });

  it('is among those who had to do with a topic or a series, in a month and at all, whatever else changes', () => {
    const id = told.added(day(0));
    told.happened(id, day(3), { type: 'interest.expressed', data: { interest: 'Back End' } });
    told.happened(id, day(40), { type: 'event.attended', data: { name: 'Meetup', series: 'Open Days' } });
    told.happened(id, day(5), { type: 'interest.expressed', data: { interest: 'back end' } });
    told.decided(id, day(50), { type: 'candidate.profile-changed', data: { title: 'Dancer' } });
    const numbers = [
      everNumber('topic', 'back end'),
      monthNumber('topic', 'back end', '2026-01'),
      everNumber('series', 'open days'),
      monthNumber('series', 'open days', '2026-02'),
    ];
    expect(traits()?.moments).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(traits()?.terms).toContain(termNumber('title:dancer'));
  });

  it('takes back what a machine turns out to have done, and takes it in again', () => {
    const id = told.added(day(0));
    told.happened(id, day(1), { type: 'email.replied', data: { sentiment: 'interested' } });
    const click = told.happened(id, day(5), { type: 'email.clicked', data: { agent: 'human' } });
    const judge = (verdict: 'human' | 'machine' | 'unknown'): void =>
      void told.happened(id, day(6), {
        type: 'engagement.classified',
        data: { eventId: click.id, verdict, classifierVersion: 1, reasons: [] },
      });
    const facts = () => fold().rows(talentFacts).slice(1);
    judge('machine');
    expect(person()).toMatchObject({ last_human_contact_at: day(1), last_interaction_at: day(5) });
    expect(facts()).toMatchObject([{ by_person: false, by_machine: true }]);
    judge('unknown');
    expect(facts()).toMatchObject([{ by_person: false, by_machine: false }]);
    judge('human');
    expect(person()).toMatchObject({ last_human_contact_at: day(5) });
    expect(facts()).toMatchObject([{ by_person: true, by_machine: false }]);
  });

  it('keeps everything that happened with what it was about', () => {
    const id = told.added(day(0));
    const backend = { interest: 'Backend', role: 'Backend Engineers' };
    told.happened(id, day(1), { type: 'interest.expressed', data: backend });
    told.happened(id, day(3), { type: 'interest.expressed', data: { interest: 'Backend' } });
    told.happened(id, day(4), { type: 'event.attended', data: { name: 'Spring meetup', series: 'Austin Meetups' } });
    const application = told.applied(id, day(5), { role: 'Data Engineer' });
    told.moved(application, id, day(6), { type: 'application.rejected', data: { candidateId: id } });
    const about = { topic_key: null, role_words: [], series_key: null, by_machine: false };
    expect(fold().rows(talentFacts)).toMatchObject([
      { ...about, topic_key: 'backend', role_words: ['backend', 'engineer'], at: day(1), by_person: true },
      { ...about, topic_key: 'backend', at: day(3) },
      { ...about, kind: 'event.attended', series_key: 'austin meetups' },
      { ...about, kind: 'application.submitted', role_words: ['data', 'engineer'], by_person: true },
      { ...about, kind: 'application.rejected', by_person: false },
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

  it('sorts a long name by its beginning, so that a cursor can hold it', () => {
    told.added(day(0), { name: { full: '각'.repeat(200) } });
    expect([...(person().name_key ?? '')]).toHaveLength(100);
    const id = told.added(day(0), { name: { full: '𐌰'.repeat(101) } });
    const found = fold().rows(talentTraits);
    expect(found.find(({ candidate_id }) => candidate_id === id)?.name_key).toBe('𐌰'.repeat(100));
    for (const { name_key, candidate_id } of found)
      expect(
        encodeSearchCursor({ key: name_key, id: candidate_id, now: day(0) }, 'a digest of 16 b').length,
      ).toBeLessThan(700);
  });

  it('counts a language once, at however many levels it is spoken', () => {
    const id = told.added(day(0));
    const languages = [{ code: 'en' }, { code: 'de' }, { code: 'en', level: 'C1' as const }];
    told.decided(id, day(1), { type: 'candidate.languages-changed', data: { languages } });
    expect(person().languages).toEqual(['en', 'de']);
  });

  it('knows the years of a skill that any record of a person tells, the first of them first', () => {
    const survivorId = told.added(day(0), { skills: [{ name: 'TypeScript' }, { name: 'SQL', years: 2 }] });
    const mergedId = told.added(day(0), {
      skills: [{ name: 'typescript', years: 6 }, { name: 'SQL', years: 9 }, { name: 'Go' }],
    });
    const merge = { mergeId: '7a0c5d0e-0000-4000-8000-00000000000a', survivorId, mergedId };
    told.identified(day(30), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    expect(person().skills).toMatchObject([
      { name: 'TypeScript', years: 6 },
      { name: 'SQL', years: 2 },
      { name: 'Go', years: null },
    ]);
  });

  it('holds the availability that was said last, under whichever id, and however late it was told', () => {
    const says = (id: string, on: number, status: 'looking' | 'open' | 'not-looking') =>
      told.decided(id, day(on), { type: 'candidate.availability-stated', data: { status } });
    const known = () =>
      fold()
        .rows(talent)
        .map(({ candidate_id, availability }) => [candidate_id, availability]);
    const survivorId = told.added(day(0));
    const mergedId = told.added(day(0));
    says(survivorId, 10, 'open');
    says(survivorId, 5, 'not-looking');
    says(mergedId, 20, 'looking');
    const apart = known();
    expect(new Map(apart as [string, string][])).toEqual(
      new Map([
        [survivorId, 'open'],
        [mergedId, 'looking'],
      ]),
    );
    const merge = { mergeId: '7a0c5d0e-0000-4000-8000-00000000000a', survivorId, mergedId };
    told.identified(day(30), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    expect(known()).toEqual([[survivorId, 'looking']]);
    const history = personHistory(told.events, [survivorId, mergedId]);
    const over = ['looking', 'open', 'not-looking'].map(
      (status) => history && membership({ attribute: 'availability', is: [status] }, history),
    );
    expect(over).toEqual([
      [{ from: day(20).getTime(), to: Infinity }],
      [{ from: day(10).getTime(), to: day(20).getTime() }],
      [{ from: day(5).getTime(), to: day(10).getTime() }],
    ]);
    says(survivorId, 15, 'not-looking');
    expect(known()).toEqual([[survivorId, 'looking']]);
    says(survivorId, 40, 'not-looking');
    expect(known()).toEqual([[survivorId, 'not-looking']]);
    told.identified(day(50), { type: 'identity.unmerged', data: merge });
    expect(new Map(known() as [string, string][])).toEqual(
      new Map([
        [survivorId, 'not-looking'],
        [mergedId, 'looking'],
      ]),
    );
  });

  it('fails on what happened to somebody who was never added', () => {
    told.happened('7a0c5d0e-0000-4000-8000-000000000000', day(1), { type: 'note.added', data: { text: 'Who?' } });
    expect(fold).toThrow(HandlerFailedError);
  });
});
