import { headerOf, refused, type EmailProvider } from '../email-provider.js';
import { eventsIn } from '../verification/parse-body.js';
import { isSameSecret } from '../verification/same-secret.js';

/** Postmark's webhooks: it signs nothing, and shows the user name and password of the webhook's address. */
export const postmark = (credentials: string): EmailProvider => {
  if (!/^[^:]+:.+$/.test(credentials)) throw new Error("Postmark's credentials must be <user name>:<password>.");
  return {
    name: 'postmark',
    open: async (delivery) => {
      const [, given] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(headerOf(delivery, 'authorization') ?? '') ?? [];
      if (given === undefined)
        return refused('webhook-unsigned', 'Send user name and password by HTTP basic authentication.');
      if (!isSameSecret(Buffer.from(given, 'base64'), credentials))
        return refused('webhook-forged', 'The user name or the password is not the one of this webhook.');
      return eventsIn(delivery.body);
    },
  };
};
