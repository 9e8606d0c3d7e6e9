import { factsOf, unmapped, type EmailFactType, type Mapping } from '../email-fact.js';
import { address, isObject, joined, ownOf, secondsOf, text, type JsonObject } from '../json.js';

const types: Readonly<Record<string, EmailFactType>> = {
  processed: 'email.sent',
  deferred: 'email.deferred',
  delivered: 'email.delivered',
  open: 'email.opened',
  click: 'email.clicked',
  bounce: 'email.bounced',
  dropped: 'email.dropped',
  spamreport: 'email.complained',
  unsubscribe: 'email.unsubscribed',
  group_unsubscribe: 'email.unsubscribed',
  group_resubscribe: 'email.resubscribed',
};

/** What follows the message's own id in `sg_message_id` differs from recipient to recipient. */
const messageIdOf = (event: JsonObject): string | undefined =>
  text(event['sg_message_id'])?.split(/\.(?:filter|recvd)/, 1)[0];

/** One object of the array that SendGrid posts. */
export const mapSendGrid = (event: unknown): Mapping => {
  if (!isObject(event)) return unmapped('incomplete');
  const kind = text(event['event']);
  if (kind === undefined) return unmapped('incomplete');
  const type = ownOf(types, kind);
  if (type === undefined) return unmapped('unknown-type');
  const recipient = address(event['email']);
  const messageId = messageIdOf(event);
  const time = text(event['timestamp']);
  const group = text(event['asm_group_id']);
  return factsOf({
    type,
    // An event without an id of its own is known by all that tells it from others of its message.
    eventId:
      text(event['sg_event_id']) ??
      (messageId && time ? joined(kind, messageId, time, text(event['url']), text(event['attempt'])) : undefined),
    recipients: [recipient],
    occurredAt: secondsOf(event['timestamp']),
    ...(kind === 'open' && typeof event['sg_machine_open'] === 'boolean'
      ? { machineHint: event['sg_machine_open'] }
      : {}),
    data: {
      messageId,
      campaignId: event['campaign_id'],
      ...(type === 'email.opened' || type === 'email.clicked'
        ? { ip: event['ip'], userAgent: event['useragent'] }
        : {}),
      ...(type === 'email.clicked' ? { url: event['url'] } : {}),
      ...(type === 'email.bounced' ? { kind: event['type'] === 'blocked' ? 'soft' : 'hard' } : {}),
      ...(type === 'email.bounced' || type === 'email.dropped' || type === 'email.deferred'
        ? { reason: event['reason'] ?? event['response'] }
        : {}),
      ...(kind.startsWith('group_') && group !== undefined ? { topic: `group ${group}` } : {}),
    },
  });
};
