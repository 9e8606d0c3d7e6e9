import { factsOf, unmapped, type EmailFactType, type Mapping } from '../email-fact.js';
import { address, at, isObject, list, ownOf, text, timeOf, type Json, type JsonObject } from '../json.js';

/** What the notification around an event says. */
export interface SnsEnvelope {
  readonly messageId: string;
  /** ISO 8601: when SNS published it, for events that say no time themselves. */
  readonly timestamp: string;
}

interface Meaning {
  /** Undefined where the part says that it's none of the facts. */
  readonly type: EmailFactType | ((part: JsonObject) => EmailFactType | undefined);
  /** The object that has the event's own fields. */
  readonly part: string;
  readonly recipients: (part: JsonObject, destinations: readonly Json[]) => readonly (string | undefined)[];
  readonly data?: (part: JsonObject, recipient: string) => Readonly<Record<string, Json>>;
}

const addresses = (values: Json): (string | undefined)[] =>
  list(values).map((value) => address(isObject(value) ? value['emailAddress'] : value));
const all = (_part: JsonObject, destinations: readonly Json[]): (string | undefined)[] => destinations.map(address);
const client = (part: JsonObject): Record<string, Json> => ({ ip: part['ipAddress'], userAgent: part['userAgent'] });
/** Of this recipient: it mostly names them, so that it's nobody else's. */
const diagnosis = (values: Json, recipient: string): Json =>
  list(values)
    .map((value) => at({ value }, 'value'))
    .filter(({ emailAddress }) => address(emailAddress) === recipient)
    .map(({ diagnosticCode }) => diagnosticCode)
    .find((code) => text(code) !== undefined);

/**
 * Subtypes of what SES accepted and didn't try to send, since the address is on a list of its own. It calls that a permanent
 * bounce or a complaint, though no server refused anything, and nobody complained about this message.
 */
const unsent = new Set([
  'Suppressed',
  'OnAccountSuppressionList',
  'OnTenantSuppressionList',
  'EmailValidationSuppressed',
  'UnsubscribedRecipient',
]);
const isUnsent = (subType: Json): boolean => unsent.has(text(subType) ?? '');

/**
 * Kinds of feedback (RFC 5965, 6430 and 6591) in which nobody says that they don't want the message: it was taken out of the
 * junk, or a program found a virus or a signature that doesn't hold. `abuse`, `fraud`, `other` and none at all are complaints:
 * SES takes them for such, and to be silent by mistake is better than to write by mistake.
 */
const byNobody = new Set(['not-spam', 'virus', 'auth-failure']);

const meanings: Readonly<Record<string, Meaning>> = {
  Send: { type: 'email.sent', part: 'send', recipients: all },
  Reject: {
    type: 'email.dropped',
    part: 'reject',
    recipients: all,
    data: ({ reason }) => ({ reason }),
  },
  'Rendering Failure': {
    type: 'email.dropped',
    part: 'failure',
    recipients: all,
    data: ({ errorMessage }) => ({ reason: errorMessage }),
  },
  Delivery: {
    type: 'email.delivered',
    part: 'delivery',
    recipients: ({ recipients }) => addresses(recipients),
  },
  DeliveryDelay: {
    type: 'email.deferred',
    part: 'deliveryDelay',
    recipients: ({ delayedRecipients }) => addresses(delayedRecipients),
    data: ({ delayType, delayedRecipients }, recipient) => ({
      reason: diagnosis(delayedRecipients, recipient) ?? delayType,
    }),
  },
  Bounce: {
    type: ({ bounceSubType }) => (isUnsent(bounceSubType) ? 'email.dropped' : 'email.bounced'),
    part: 'bounce',
    recipients: ({ bouncedRecipients }) => addresses(bouncedRecipients),
    data: ({ bounceType, bounceSubType, bouncedRecipients }, recipient) => ({
      ...(isUnsent(bounceSubType) ? {} : { kind: bounceType === 'Permanent' ? 'hard' : 'soft' }),
      reason: diagnosis(bouncedRecipients, recipient) ?? bounceSubType,
    }),
  },
  Complaint: {
    type: ({ complaintSubType, complaintFeedbackType }) => {
      if (isUnsent(complaintSubType)) return 'email.dropped';
      return byNobody.has(text(complaintFeedbackType)?.toLowerCase() ?? '') ? undefined : 'email.complained';
    },
    part: 'complaint',
    recipients: ({ complainedRecipients }) => addresses(complainedRecipients),
    data: ({ complaintSubType }) => (isUnsent(complaintSubType) ? { reason: complaintSubType } : {}),
  },
  Open: { type: 'email.opened', part: 'open', recipients: all, data: client },
  Click: {
    type: 'email.clicked',
    part: 'click',
    recipients: all,
    data: (part) => ({ ...client(part), url: part['link'] }),
  },
  Subscription: {
    type: 'email.unsubscribed',
    part: 'subscription',
    recipients: all,
  },
};

/** Events that name the message's recipients, not who of them did it. */
const bySomeRecipient = new Set(['Open', 'Click', 'Subscription']);

/** The event in the `Message` of a notification. Its id is the notification's: SES gives none. */
export const mapAmazonSes = (event: unknown, envelope: SnsEnvelope): Mapping => {
  if (!isObject(event)) return unmapped('incomplete');
  const kind = text(event['eventType']) ?? text(event['notificationType']);
  if (kind === undefined) return unmapped('incomplete');
  const meaning = ownOf(meanings, kind);
  if (meaning === undefined) return unmapped('unknown-type');
  const mail = at(event, 'mail');
  const part = at(event, meaning.part);
  const type = typeof meaning.type === 'string' ? meaning.type : meaning.type(part);
  if (type === undefined) return unmapped('unknown-type');
  // Leaving single topics, or coming back, is in lists of preferences of which only leaving all is clear.
  if (kind === 'Subscription' && at(part, 'newTopicPreferences')['unsubscribeAll'] !== true)
    return unmapped('unknown-type');
  const recipients = meaning.recipients(part, list(mail['destination']));
  if (bySomeRecipient.has(kind) && recipients.length > 1) return unmapped('ambiguous-recipient');
  return factsOf({
    type,
    eventId: text(envelope.messageId),
    recipients,
    occurredAt:
      timeOf(part['timestamp']) ??
      (kind === 'Send' ? timeOf(mail['timestamp']) : undefined) ??
      timeOf(envelope.timestamp),
    data: (recipient) => ({
      messageId: mail['messageId'],
      campaignId: list(at(mail, 'tags')['campaign_id'])[0],
      ...meaning.data?.(part, recipient),
    }),
  });
};
