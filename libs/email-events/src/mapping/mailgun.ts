import { factsOf, unmapped, type EmailFactType, type Mapping } from '../email-fact.js';
import { address, at, isObject, joined, ownOf, secondsOf, text, type JsonObject } from '../json.js';

const types: Readonly<Record<string, EmailFactType>> = {
  accepted: 'email.sent',
  delivered: 'email.delivered',
  opened: 'email.opened',
  clicked: 'email.clicked',
  unsubscribed: 'email.unsubscribed',
  complained: 'email.complained',
  rejected: 'email.dropped',
};

/** Mailgun's own codes, beyond SMTP's: the address had bounced, unsubscribed or complained before. */
const suppressionCodes = new Set(['605', '606', '607']);

/** Who is on one of Mailgun's lists isn't written to. It's called a permanent failure, and no server refused anything. */
const isSuppressed = ({ reason }: JsonObject, status: JsonObject): boolean =>
  text(reason)?.startsWith('suppress-') === true || suppressionCodes.has(text(status['code']) ?? '');

/** A temporary failure is tried again by Mailgun, so it's a delay. */
const typeOf = (kind: string, event: JsonObject): EmailFactType | undefined => {
  if (kind !== 'failed') return ownOf(types, kind);
  if (event['severity'] === 'temporary') return 'email.deferred';
  return isSuppressed(event, at(event, 'delivery-status')) ? 'email.dropped' : 'email.bounced';
};

/** The `event-data` of what Mailgun posts. */
export const mapMailgun = (event: unknown): Mapping => {
  if (!isObject(event)) return unmapped('incomplete');
  const kind = text(event['event']);
  if (kind === undefined) return unmapped('incomplete');
  const type = typeOf(kind, event);
  if (type === undefined) return unmapped('unknown-type');
  const status = at(event, 'delivery-status');
  const client = at(event, 'client-info');
  const messageId = text(at(at(event, 'message'), 'headers')['message-id']);
  const time = text(event['timestamp']);
  const bot = text(client['bot']);
  const isAct = type === 'email.opened' || type === 'email.clicked';
  return factsOf({
    type,
    // Microseconds tell apart what one recipient did with one message.
    eventId: text(event['id']) ?? (time ? joined(kind, messageId, time, text(event['url'])) : undefined),
    recipients: [address(event['recipient'])],
    occurredAt: secondsOf(event['timestamp']),
    ...(isAct && bot !== undefined ? { machineHint: true } : {}),
    data: {
      messageId,
      campaignId: at(event, 'user-variables')['campaign_id'],
      ...(isAct ? { ip: event['ip'], userAgent: client['user-agent'] } : {}),
      ...(type === 'email.clicked' ? { url: event['url'] } : {}),
      ...(type === 'email.bounced' ? { kind: 'hard' } : {}),
      ...(type === 'email.bounced' || type === 'email.deferred' || type === 'email.dropped'
        ? {
            reason:
              text(status['message']) ??
              text(status['description']) ??
              text(at(event, 'reject')['reason']) ??
              event['reason'],
          }
        : {}),
    },
  });
};
