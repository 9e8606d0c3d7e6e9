import { messageOf } from '#libs/candidates';
import { uuidFromBytes, type StoredEvent } from '#libs/kernel';
import { createHash } from 'node:crypto';

/** A condition on a row: it tells how sending ended. Indexes are made with it, and used by who asks in just these words. */
export const isOutcomeSql = `type IN ('email.delivered', 'email.bounced')`;

/** Which message an event about an email is about; null for any other event. A digest, since ids have up to 500 characters. */
export const messageIdOf = (event: StoredEvent): string | null =>
  event.type.startsWith('email.') ? uuidFromBytes(createHash('sha256').update(messageOf(event)).digest()) : null;
