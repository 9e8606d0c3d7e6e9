import { ok } from '#libs/kernel';
import { refused, WebhookUnavailableError, type EmailProvider, type OpenedDelivery } from '../email-provider.js';
import { timeOf } from '../json.js';
import { staleness, type Tolerance } from '../verification/freshness.js';
import { malformed, parseBody } from '../verification/parse-body.js';
import { SnsCertificates, type Fetcher } from '../verification/sns-certificates.js';
import { isSignedBy, snsAddress, snsMessageOf, type SnsMessage } from '../verification/sns-message.js';

const forged = refused(
  'webhook-forged',
  'The message must be signed by Amazon SNS, and of a topic of this installation.',
);

/** Subscribing is asking for it: SNS sends notifications only to who fetched the address in its confirmation. */
const confirm = async ({ SubscribeURL = '' }: SnsMessage, fetcher: Fetcher): Promise<OpenedDelivery> => {
  const url = snsAddress(SubscribeURL);
  if (!url) return forged;
  try {
    await fetcher(url);
  } catch (error) {
    throw new WebhookUnavailableError('The subscription could not be confirmed.', error);
  }
  return ok([]);
};

const eventIn = ({ Message, MessageId, Timestamp }: SnsMessage): OpenedDelivery => {
  const payload = parseBody(Buffer.from(Message));
  // SNS itself, and SES when it's set up, send texts that aren't events: kept, and seen by whoever set it up.
  return ok([{ payload: payload ?? { text: Message }, envelope: { messageId: MessageId, timestamp: Timestamp } }]);
};

/**
 * Amazon SES through SNS.
 * @param topics ARNs: SNS signs for everybody, so only the topic says that a message is ours
 */
export const amazonSes = (topics: readonly string[], tolerance: Tolerance, fetcher: Fetcher): EmailProvider => {
  const certificates = new SnsCertificates(fetcher, tolerance.clock);
  return {
    name: 'amazon-ses',
    open: async ({ body }) => {
      const message = snsMessageOf(parseBody(body));
      if (!message) return malformed;
      // Before anything is fetched: a stranger can't make us fetch.
      if (!topics.includes(message.TopicArn)) return forged;
      const key = await certificates.keyAt(message.SigningCertURL);
      if (!key || !isSignedBy(key, message)) return forged;
      const stale = staleness(timeOf(message.Timestamp), tolerance);
      if (stale) return { ok: false, error: stale };
      if (message.Type === 'SubscriptionConfirmation') return confirm(message, fetcher);
      return message.Type === 'Notification' ? eventIn(message) : ok([]);
    },
  };
};
