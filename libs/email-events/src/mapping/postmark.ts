import { factsOf, unmapped, type EmailFactType, type Mapping } from '../email-fact.js';
import { address, at, isObject, joined, ownOf, text, timeOf, type Json, type JsonObject } from '../json.js';

/** Bounce types after which the address is no good. */
const hard = new Set(['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated', 'InboundError']);
/** Bounce types that say nothing about delivery, or that are something else. */
const notBounces: Readonly<Record<string, EmailFactType | 'unknown'>> = {
  Unsubscribe: 'email.unsubscribed',
  Subscribe: 'email.resubscribed',
  SpamComplaint: 'email.complained',
  Transient: 'email.deferred',
  AutoResponder: 'unknown',
  AddressChange: 'unknown',
  ChallengeVerification: 'unknown',
  OpenRelayTest: 'unknown',
  Unconfirmed: 'unknown',
};
/** Why Postmark stopped sending to somebody. */
const suppressions: Readonly<Record<string, EmailFactType>> = {
  HardBounce: 'email.bounced',
  SpamComplaint: 'email.complained',
  ManualSuppression: 'email.unsubscribed',
};

const typeOf = (record: string, event: JsonObject): EmailFactType | undefined => {
  switch (record) {
    case 'Delivery':
      return 'email.delivered';
    case 'Open':
      return 'email.opened';
    case 'Click':
      return 'email.clicked';
    case 'SpamComplaint':
      return 'email.complained';
    case 'Bounce': {
      const other = ownOf(notBounces, text(event['Type']) ?? '');
      return other === 'unknown' ? undefined : (other ?? 'email.bounced');
    }
    case 'SubscriptionChange':
      return event['SuppressSending'] === true
        ? ownOf(suppressions, text(event['SuppressionReason']) ?? '')
        : event['SuppressSending'] === false
          ? 'email.resubscribed'
          : undefined;
    default:
      return undefined;
  }
};

const timeField: Readonly<Record<string, string>> = {
  Delivery: 'DeliveredAt',
  Open: 'ReceivedAt',
  Click: 'ReceivedAt',
  Bounce: 'BouncedAt',
  SpamComplaint: 'BouncedAt',
  SubscriptionChange: 'ChangedAt',
};

const bounceKind = (record: string, event: JsonObject): Json =>
  record === 'SubscriptionChange' || hard.has(text(event['Type']) ?? '') ? 'hard' : 'soft';

/** What Postmark posts: one event. */
export const mapPostmark = (event: unknown): Mapping => {
  if (!isObject(event)) return unmapped('incomplete');
  const record = text(event['RecordType']);
  if (record === undefined) return unmapped('incomplete');
  const type = typeOf(record, event);
  if (type === undefined) return unmapped('unknown-type');
  const time = text(event[timeField[record] ?? '']);
  const messageId = text(event['MessageID']);
  const id = text(event['ID']);
  const isAct = type === 'email.opened' || type === 'email.clicked';
  return factsOf({
    type,
    // Only bounces and complaints have an id, and one may be both.
    eventId:
      id !== undefined
        ? joined(record, id)
        : messageId && time
          ? joined(record, messageId, time, text(event['OriginalLink']))
          : undefined,
    recipients: [address(event['Recipient'] ?? event['Email'])],
    occurredAt: timeOf(time),
    data: {
      messageId,
      campaignId: at(event, 'Metadata')['campaign_id'],
      ...(isAct ? { ip: at(event, 'Geo')['IP'], userAgent: event['UserAgent'] } : {}),
      ...(type === 'email.clicked' ? { url: event['OriginalLink'] } : {}),
      ...(type === 'email.bounced' ? { kind: bounceKind(record, event) } : {}),
      ...(type === 'email.bounced' || type === 'email.deferred'
        ? { reason: text(event['Details']) ?? event['SuppressionReason'] }
        : {}),
    },
  });
};
