import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import type { CandidateAdded, CandidateEvent, Ownership } from '../events/index.js';
import { candidateDecider, type CandidateCommand } from './candidate-decider.js';

const ada: CandidateAdded = {
  name: { full: 'Ada Lovelace' },
  title: 'Engineer',
  contactPoints: [{ kind: 'email', value: 'ada@example.org' }],
  skills: [{ name: 'Go', years: 2 }],
  interests: ['backend'],
  tags: ['alumni'],
  freeTags: ['knows Charles'],
  externalIds: [{ system: 'greenhouse', id: '77' }],
  owner: 'recruiter-1',
};
const added: CandidateEvent = { type: 'candidate.added', data: ada };
const update = (change: Extract<CandidateCommand, { kind: 'update' }>['update']): CandidateCommand => ({
  kind: 'update',
  update: change,
});
const assign = (ownership: Ownership): CandidateCommand => ({ kind: 'assign-owner', ownership });
const none = { tags: [], freeTags: [] };

describe('A candidate', () => {
  it('is added once', () => {
    given(candidateDecider, []).when({ kind: 'add', candidate: ada }).thenGives([added]);
    given(candidateDecider, [added]).when({ kind: 'add', candidate: ada }).thenRefused('candidate-exists');
  });

  it('who was never added is not changed', () => {
    given(candidateDecider, [])
      .when(update({ title: 'Baker' }))
      .thenRefused('candidate-unknown');
    given(candidateDecider, [])
      .when(assign({ owner: null }))
      .thenRefused('candidate-unknown');
  });

  it('changes only where something is really different', () => {
    given(candidateDecider, [added])
      .when(update({ name: { full: 'Ada Lovelace' }, title: 'Engineer', skills: [{ years: 2, name: 'Go' }] }))
      .thenGives([]);
    given(candidateDecider, [added])
      .when(update({ title: 'Staff Engineer', employer: 'Initech', interests: ['backend'] }))
      .thenGives([{ type: 'candidate.profile-changed', data: { title: 'Staff Engineer', employer: 'Initech' } }]);
  });

  it('has with each change what was made of that change, and of nothing else', () => {
    const normalised = {
      taxonomyVersion: '1',
      titleKey: 'baker',
      skillKeys: ['go', 'baking'],
      place: { city: 'Austin', country: 'US', latitude: 30.27, longitude: -97.74 },
    };
    const { titleKey, skillKeys, place } = normalised;
    const skills = [{ name: 'Go' }, { name: 'Baking' }];
    given(candidateDecider, [added])
      .when(update({ title: 'Baker', location: { city: 'Austin' }, skills, normalised }))
      .thenGives([
        {
          type: 'candidate.profile-changed',
          data: {
            title: 'Baker',
            location: { city: 'Austin' },
            normalised: { taxonomyVersion: '1', titleKey, place },
          },
        },
        { type: 'candidate.skills-changed', data: { skills, normalised: { taxonomyVersion: '1', skillKeys } } },
      ]);
    given(candidateDecider, [added])
      .when(update({ title: 'Engineer', employer: 'Initech', normalised }))
      .thenGives([{ type: 'candidate.profile-changed', data: { employer: 'Initech' } }]);
    given(candidateDecider, [{ type: 'candidate.added', data: { ...ada, normalised } }])
      .when(update({ title: 'Engineer', skills: ada.skills, normalised: { ...normalised, taxonomyVersion: '2' } }))
      .thenGives([]);
  });

  it('loses what is cleared, once', () => {
    const cleared: CandidateEvent = { type: 'candidate.profile-changed', data: { title: null } };
    given(candidateDecider, [added])
      .when(update({ title: null }))
      .thenGives([cleared]);
    given(candidateDecider, [added, cleared])
      .when(update({ title: null }))
      .thenGives([]);
  });

  it('gets tags added and taken away, each only if that changes anything', () => {
    given(candidateDecider, [added])
      .when({
        kind: 'tag',
        add: { tags: ['alumni', 'speaker'], freeTags: [] },
        remove: { tags: ['manager'], freeTags: ['knows Charles'] },
      })
      .thenGives([
        { type: 'candidate.tagged', data: { tags: ['speaker'], freeTags: [] } },
        { type: 'candidate.untagged', data: { tags: [], freeTags: ['knows Charles'] } },
      ]);
    given(candidateDecider, [added])
      .when({ kind: 'tag', add: { tags: ['alumni'], freeTags: [] }, remove: { tags: ['alumni'], freeTags: [] } })
      .thenGives([]);
    given(candidateDecider, [added])
      .when(update({ tags: { tags: ['speaker'], freeTags: [] } }))
      .thenGives([
        { type: 'candidate.tagged', data: { tags: ['speaker'], freeTags: [] } },
        { type: 'candidate.untagged', data: { tags: ['alumni'], freeTags: ['knows Charles'] } },
      ]);
    given(candidateDecider, [added]).when({ kind: 'tag', add: none, remove: none }).thenGives([]);
  });

  it('is handed over, or left without an owner', () => {
    const left: CandidateEvent = { type: 'candidate.owner-assigned', data: { owner: null } };
    given(candidateDecider, [added])
      .when(assign({ owner: 'recruiter-1', reason: 'Again.' }))
      .thenGives([]);
    given(candidateDecider, [added])
      .when(assign({ owner: null, kind: 'team' }))
      .thenGives([left]);
    given(candidateDecider, [added, left])
      .when(assign({ owner: null }))
      .thenGives([]);
    const data = { owner: 'emea', kind: 'team', reason: 'Moved to Europe.' } as const;
    given(candidateDecider, [added])
      .when(assign(data))
      .thenGives([{ type: 'candidate.owner-assigned', data }]);
  });

  it('has an owner of whom it may be said later whether they are a person or a team', () => {
    const said: CandidateEvent = { type: 'candidate.owner-assigned', data: { owner: 'recruiter-1', kind: 'person' } };
    given(candidateDecider, [added])
      .when(assign({ owner: 'recruiter-1', kind: 'person' }))
      .thenGives([said]);
    given(candidateDecider, [added, said])
      .when(assign({ owner: 'recruiter-1', kind: 'person' }))
      .thenGives([]);
    given(candidateDecider, [added, said])
      .when(assign({ owner: 'recruiter-1' }))
      .thenGives([]);
  });

  it('is linked to another system once', () => {
    given(candidateDecider, [added])
      .when(
        update({
          externalIds: [
            { id: '77', system: 'greenhouse' },
            { system: 'lever', id: 'o-1' },
            { system: 'lever', id: 'o-1' },
          ],
        }),
      )
      .thenGives([{ type: 'candidate.external-id-linked', data: { externalId: { system: 'lever', id: 'o-1' } } }]);
  });

  it('is not decided on where half of its history is unknown', () => {
    const newer = { type: 'candidate.cloned', data: {} } as unknown as CandidateEvent;
    expect(() => fold(candidateDecider, [added, newer])).toThrow(UnknownEventError);
  });
});
