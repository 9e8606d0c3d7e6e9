import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { headerOf, refused, type EmailProvider } from '../email-provider.js';
import { headerTime, staleness, type Tolerance } from '../verification/freshness.js';
import { eventsIn } from '../verification/parse-body.js';

const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

/** Throws an Error that doesn't show the key. */
const readKey = (base64: string): KeyObject => {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ec') return key;
  } catch {
    // Said below.
  }
  throw new Error(
    "SendGrid's verification key must be an EC public key in base64 (DER, SPKI), as its settings show it.",
  );
};

const verifies = (key: KeyObject, signed: Buffer, signature: string): boolean => {
  try {
    return verify('sha256', signed, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
};

/** SendGrid's signed event webhook: ECDSA over the timestamp and the body's bytes. */
export const sendGrid = (publicKey: string, tolerance: Tolerance): EmailProvider => {
  const key = readKey(publicKey);
  return {
    name: 'sendgrid',
    open: async (delivery) => {
      const signature = headerOf(delivery, SIGNATURE);
      const timestamp = headerOf(delivery, TIMESTAMP);
      if (signature === undefined || timestamp === undefined)
        return refused('webhook-unsigned', `Send ${SIGNATURE} and ${TIMESTAMP}: turn on the signed event webhook.`);
      if (!verifies(key, Buffer.concat([Buffer.from(timestamp), delivery.body]), signature))
        return refused(
          'webhook-forged',
          'The signature must be over the timestamp and the body, by the key of the settings.',
        );
      const stale = staleness(headerTime(timestamp), tolerance);
      return stale ? { ok: false, error: stale } : eventsIn(delivery.body);
    },
  };
};
