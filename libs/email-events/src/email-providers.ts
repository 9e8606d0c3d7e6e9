import type { Clock } from '#libs/kernel';
import type { EmailProvider } from './email-provider.js';
import { amazonSes } from './providers/amazon-ses.js';
import { generic } from './providers/generic.js';
import { mailgun } from './providers/mailgun.js';
import { postmark } from './providers/postmark.js';
import { sendGrid } from './providers/sendgrid.js';
import type { Fetcher } from './verification/sns-certificates.js';

/** Providers whose own formats are known; any other comes through a generic endpoint under its name. */
export const knownProviders = ['sendgrid', 'amazon-ses', 'mailgun', 'postmark'] as const;

/** Longer than any of them tries again: a day, and what clocks differ. */
const PROVIDER_SECONDS = 26 * 3_600;
/** Whoever sends to a generic endpoint signs anew for each try. */
const GENERIC_SECONDS = 300;
const SHORTEST_SECRET = 16;

const words = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const secretsOf = (value: string | undefined): [name: string, secret: string][] =>
  words(value).map((pair) => {
    const [, name = '', secret = ''] = /^([a-z0-9][a-z0-9-]{0,39}):(.+)$/.exec(pair) ?? [];
    const isTaken = (knownProviders as readonly string[]).includes(name);
    if (name === '' || isTaken || secret.length < SHORTEST_SECRET) {
      throw new Error(
        `RAPPORT_WEBHOOK_GENERIC_SECRETS must be a list of <name>:<secret>: a name in lower case that isn't a known provider's, a secret of at least ${SHORTEST_SECRET} characters.`,
      );
    }
    return [name, secret];
  });

/** The providers that the environment has secrets for, by name. Throws an Error that names what's wrong, and no secret. */
export const readEmailProviders = (
  env: NodeJS.ProcessEnv,
  { clock, fetcher }: { readonly clock: Clock; readonly fetcher: Fetcher },
): ReadonlyMap<string, EmailProvider> => {
  const tolerance = { clock, seconds: PROVIDER_SECONDS };
  const sendGridKey = env['RAPPORT_WEBHOOK_SENDGRID_PUBLIC_KEY'];
  const mailgunKey = env['RAPPORT_WEBHOOK_MAILGUN_SIGNING_KEY'];
  const postmarkCredentials = env['RAPPORT_WEBHOOK_POSTMARK_CREDENTIALS'];
  const topics = words(env['RAPPORT_WEBHOOK_SES_TOPICS']);
  const providers = [
    ...(sendGridKey ? [sendGrid(sendGridKey, tolerance)] : []),
    ...(topics.length > 0 ? [amazonSes(topics, tolerance, fetcher)] : []),
    ...(mailgunKey ? [mailgun(mailgunKey, tolerance)] : []),
    ...(postmarkCredentials ? [postmark(postmarkCredentials)] : []),
    ...secretsOf(env['RAPPORT_WEBHOOK_GENERIC_SECRETS']).map(([name, secret]) =>
      generic(name, secret, { clock, seconds: GENERIC_SECONDS }),
    ),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
};
