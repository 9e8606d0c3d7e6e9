import { createHmac } from 'node:crypto';
import { headerOf, refused, type EmailProvider } from '../email-provider.js';
import { headerTime, staleness, type Tolerance } from '../verification/freshness.js';
import { eventsIn } from '../verification/parse-body.js';
import { isSameSecret } from '../verification/same-secret.js';

export const GENERIC_SIGNATURE = 'x-rapport-signature';
export const GENERIC_TIMESTAMP = 'x-rapport-timestamp';

/** What a sender puts into `X-Rapport-Signature`. */
export const signGeneric = (secret: string, timestamp: string, body: string | Buffer): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

/** Any other provider, through something that signs: HMAC-SHA256 over timestamp, a dot and the body's bytes. */
export const generic = (name: string, secret: string, tolerance: Tolerance): EmailProvider => ({
  name,
  open: async (delivery) => {
    const signature = headerOf(delivery, GENERIC_SIGNATURE);
    const timestamp = headerOf(delivery, GENERIC_TIMESTAMP);
    if (signature === undefined || timestamp === undefined)
      return refused('webhook-unsigned', 'Send X-Rapport-Timestamp and X-Rapport-Signature.');
    if (!isSameSecret(signGeneric(secret, timestamp, delivery.body), signature))
      return refused(
        'webhook-forged',
        'The signature must be v1= and an HMAC-SHA256 in hex over timestamp, dot and body.',
      );
    const stale = staleness(headerTime(timestamp), tolerance);
    return stale ? { ok: false, error: stale } : eventsIn(delivery.body);
  },
});
