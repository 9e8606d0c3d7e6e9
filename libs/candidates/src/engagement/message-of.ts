import { ERASED, type StoredEvent } from '#libs/kernel';

const DAY = 'YYYY-MM-DD'.length;

/**
 * Which of the messages to a person an event is about, as text that's the same for all events about it: the message; where
 * its id isn't known, or was erased, its campaign; without either, the day in UTC.
 */
export const messageOf = ({ data, occurredAt }: Pick<StoredEvent, 'data' | 'occurredAt'>): string => {
  const { messageId, campaignId } = data as { messageId?: string; campaignId?: string };
  if (messageId !== undefined && messageId !== ERASED) return `message ${messageId}`;
  return campaignId === undefined ? `day ${occurredAt.toISOString().slice(0, DAY)}` : `campaign ${campaignId}`;
};
