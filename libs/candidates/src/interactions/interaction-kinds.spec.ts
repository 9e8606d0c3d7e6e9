import { describe, expect, it } from '@jest/globals';
import { engagementEventDefinitions } from '../events/index.js';
import { interactionEvent, interactionKinds, renewsContact } from './interaction-kinds.js';

describe('Interactions', () => {
  it('are a machine’s where the provider says so, and a human’s where it says nothing', () => {
    expect(interactionEvent({ type: 'email.opened', data: {}, machineHint: true }).data).toEqual({ agent: 'machine' });
    expect(interactionEvent({ type: 'email.opened', data: {}, machineHint: false }).data).toEqual({ agent: 'human' });
    expect(interactionEvent({ type: 'email.clicked', data: {} }).data).toEqual({ agent: 'human' });
    // An event's own data, as a file may hold it.
    expect(interactionEvent({ type: 'email.opened', data: { agent: 'machine' } }).data).toEqual({ agent: 'machine' });
    expect(interactionEvent({ type: 'call.made', data: { outcome: 'answered' }, machineHint: true }).data).toEqual({
      outcome: 'answered',
    });
  });

  it('renew the contact only where the person acted; an open never does', () => {
    const renews = (
      type: Parameters<typeof interactionEvent>[0]['type'],
      data: object = {},
      hint: { machineHint?: boolean } = {},
    ): boolean => renewsContact(interactionEvent({ type, data: data as Record<string, unknown>, ...hint }));
    const renewing = engagementEventDefinitions.map(({ type }) => type).filter((type) => renews(type));
    // Without an outcome a call is no answer.
    expect(renewing.toSorted()).toEqual([
      'content.viewed',
      'email.clicked',
      'email.replied',
      'event.attended',
      'event.registered',
      'form.submitted',
      'interest.expressed',
      'meeting.held',
    ]);
    expect(renews('call.made', { outcome: 'answered' })).toBe(true);
    expect(renews('call.made', { outcome: 'voicemail' })).toBe(false);
    expect(renews('call.made', { outcome: 'no-answer' })).toBe(false);
    for (const type of ['email.opened', 'email.clicked', 'content.viewed'] as const) {
      expect(renews(type, {}, { machineHint: true })).toBe(false);
      expect(renews(type, { agent: 'machine' })).toBe(false);
    }
  });

  it('are all known', () => {
    expect(Object.keys(interactionKinds).sort()).toEqual(
      engagementEventDefinitions.map(({ type }) => type as string).sort(),
    );
  });
});
