import { createHmac, createSign, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { selfSignedCertificate } from './self-signed-certificate.js';

/** A delivery as a provider posts it. */
export interface Posted {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:mail';
export const CERTIFICATE_URL = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem';
const MAILGUN_KEY = 'key-of-this-spec-only';
const POSTMARK = 'rapport:a password: of this spec';
const GENERIC_SECRET = 'a secret of this spec only';

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const secondsAt = (at: Date): string => String(Math.floor(at.getTime() / 1_000));

/** The environment of an app that takes what these senders post. */
export const webhookEnvironment = {
  RAPPORT_WEBHOOK_SENDGRID_PUBLIC_KEY: elliptic.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  RAPPORT_WEBHOOK_SES_TOPICS: TOPIC,
  RAPPORT_WEBHOOK_MAILGUN_SIGNING_KEY: MAILGUN_KEY,
  RAPPORT_WEBHOOK_POSTMARK_CREDENTIALS: POSTMARK,
  RAPPORT_WEBHOOK_GENERIC_SECRETS: `brevo:${GENERIC_SECRET}`,
};

/** What SNS shows at the address of its certificate. */
export const certificateFor = (from: Date, to: Date): string => selfSignedCertificate(rsa, { from, to });

export const bySendGrid = (events: unknown, at: Date): Posted => {
  const body = Buffer.concat([json(events), Buffer.from('\r\n')]);
  const timestamp = secondsAt(at);
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), elliptic.privateKey);
  return {
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
    body,
  };
};

/** Any message of SNS: `fields` are added, or replace those of a notification. */
export const bySns = (fields: Readonly<Record<string, string>>, version: '1' | '2' = '2'): Posted => {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: TOPIC,
    Message: '',
    SigningCertURL: CERTIFICATE_URL,
    SignatureVersion: version,
    ...fields,
  };
  const names = ['Message', 'MessageId', 'SubscribeURL', 'Subject', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const signed = names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`])).join('');
  const signer = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(signed);
  const body = json({ ...message, Signature: signer.sign(rsa.privateKey, 'base64') });
  return { headers: { 'content-type': 'text/plain; charset=UTF-8' }, body };
};

export const bySes = (event: unknown, at: Date, messageId: string = randomUUID()): Posted =>
  bySns({ Message: JSON.stringify(event), Timestamp: at.toISOString(), MessageId: messageId });

export const byMailgun = (event: unknown, at: Date): Posted => {
  const timestamp = secondsAt(at);
  const token = randomUUID().replaceAll('-', '');
  const signature = createHmac('sha256', MAILGUN_KEY)
    .update(timestamp + token)
    .digest('hex');
  const body = json({ signature: { timestamp, token, signature }, 'event-data': event });
  return { headers: { 'content-type': 'application/json' }, body };
};

export const byPostmark = (event: unknown): Posted => ({
  headers: {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(POSTMARK).toString('base64')}`,
  },
  body: json(event),
});

export const byBrevo = (events: unknown, at: Date): Posted => {
  const timestamp = secondsAt(at);
  const body = json(events);
  const digest = createHmac('sha256', GENERIC_SECRET).update(`${timestamp}.`).update(body).digest('hex');
  return {
    headers: {
      'content-type': 'application/json',
      'x-rapport-timestamp': timestamp,
      'x-rapport-signature': `v1=${digest}`,
    },
    body,
  };
};
