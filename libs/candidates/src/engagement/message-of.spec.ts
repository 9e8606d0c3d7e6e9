import { ERASED } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { messageOf } from './message-of.js';

describe('What an email event is about', () => {
  const occurredAt = new Date('2026-03-01T23:59:59.999Z');
  it.each([
    ['its message', { messageId: 'm-1', campaignId: 'spring' }, 'message m-1'],
    ['its campaign, where no message is named', { campaignId: 'spring' }, 'campaign spring'],
    ['its campaign, where the message was erased', { messageId: ERASED, campaignId: 'spring' }, 'campaign spring'],
    ['its day, without either', {}, 'day 2026-03-01'],
    ['its day, where all that was named was erased', { messageId: ERASED }, 'day 2026-03-01'],
  ])('is %s', (_what, data, message) => {
    expect(messageOf({ data, occurredAt })).toBe(message);
  });
});
