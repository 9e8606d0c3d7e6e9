import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import { engagementEventDefinitions, type EngagementEvent } from '../events/index.js';
import { engagementDecider } from './engagement-decider.js';

const note: EngagementEvent = { type: 'note.added', data: { text: 'Prefers to be called in the evening.' } };
const opened: EngagementEvent = { type: 'email.opened', data: { agent: 'human' } };

describe('What happened with a person', () => {
  it('is taken as it comes, whatever came before', () => {
    given(engagementDecider, []).when({ event: opened }).thenGives([opened]);
    given(engagementDecider, [note, opened]).when({ event: opened }).thenGives([opened]);
  });

  it('is counted, of every kind that there is', () => {
    // The count looks at types alone.
    const history = engagementEventDefinitions.map(({ type }) => ({ type, data: {} }) as EngagementEvent);
    expect(fold(engagementDecider, history)).toEqual({ interactions: engagementEventDefinitions.length });
  });

  it('is not decided on where half of it is unknown', () => {
    const newer = { type: 'pigeon.sent', data: {} } as unknown as EngagementEvent;
    expect(() => fold(engagementDecider, [note, newer])).toThrow(UnknownEventError);
  });
});
