import { ok } from '#libs/kernel';
import { createHmac } from 'node:crypto';
import { refused, type EmailProvider } from '../email-provider.js';
import { at, isObject, text } from '../json.js';
import { headerTime, staleness, type Tolerance } from '../verification/freshness.js';
import { malformed, parseBody } from '../verification/parse-body.js';
import { isSameSecret } from '../verification/same-secret.js';

/** Mailgun's webhooks: an HMAC over a timestamp and a token, and so not over the event. */
export const mailgun = (signingKey: string, tolerance: Tolerance): EmailProvider => ({
  name: 'mailgun',
  open: async ({ body }) => {
    const parsed = parseBody(body);
    if (!isObject(parsed)) return malformed;
    const signature = at(parsed, 'signature');
    const [timestamp, token, given] = ['timestamp', 'token', 'signature'].map((name) => text(signature[name]));
    if (timestamp === undefined || token === undefined || given === undefined)
      return refused('webhook-unsigned', 'The body must have `signature` with `timestamp`, `token` and `signature`.');
    const due = createHmac('sha256', signingKey)
      .update(timestamp + token)
      .digest('hex');
    if (!isSameSecret(due, given))
      return refused(
        'webhook-forged',
        'The signature must be over timestamp and token, by the HTTP webhook signing key.',
      );
    const stale = staleness(headerTime(timestamp), tolerance);
    return stale ? { ok: false, error: stale } : ok([{ payload: parsed['event-data'] ?? null }]);
  },
});
