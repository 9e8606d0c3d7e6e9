import { replySentiments } from '#libs/candidates';
import { factsOf, unmapped, type EmailFactType, type Mapping } from '../email-fact.js';
import { address, isObject, joined, text, timeOf, type Json, type JsonObject } from '../json.js';

const client = ['ip', 'userAgent'];
/** Which fields each type takes, beside the message's. */
const fields: Readonly<Record<EmailFactType, readonly string[]>> = {
  'email.sent': ['subject'],
  'email.delivered': [],
  'email.deferred': ['reason'],
  'email.dropped': ['reason'],
  'email.bounced': ['kind', 'reason'],
  'email.opened': client,
  'email.clicked': [...client, 'url'],
  'email.replied': ['sentiment', 'text'],
  'email.unsubscribed': ['topic'],
  'email.resubscribed': ['topic'],
  'email.complained': [],
};

const isType = (type: string): type is EmailFactType => Object.hasOwn(fields, type);

/** Words of a fixed set: what's none of them is the cautious one. */
const fixed = (type: EmailFactType, event: JsonObject): Record<string, Json> => ({
  ...(type === 'email.bounced' ? { kind: event['kind'] === 'hard' ? 'hard' : 'soft' } : {}),
  ...(type === 'email.replied'
    ? { sentiment: replySentiments.find((sentiment) => sentiment === event['sentiment']) ?? 'unknown' }
    : {}),
});

/** One event as docs/email-events.md describes it, for providers that have no endpoint of their own. */
export const mapGeneric = (event: unknown): Mapping => {
  if (!isObject(event)) return unmapped('incomplete');
  const type = text(event['type']);
  if (type === undefined) return unmapped('incomplete');
  if (!isType(type)) return unmapped('unknown-type');
  const time = text(event['occurredAt']);
  const messageId = text(event['messageId']);
  return factsOf({
    type,
    eventId: text(event['id']) ?? (messageId && time ? joined(type, messageId, time, text(event['url'])) : undefined),
    recipients: [address(event['recipient'])],
    occurredAt: timeOf(event['occurredAt']),
    ...(typeof event['machine'] === 'boolean' ? { machineHint: event['machine'] } : {}),
    data: {
      messageId,
      campaignId: event['campaignId'],
      ...Object.fromEntries(fields[type].map((name) => [name, event[name]])),
      ...fixed(type, event),
    },
  });
};
