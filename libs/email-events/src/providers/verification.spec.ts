import { FixedClock } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import {
  byBrevo,
  byMailgun,
  byPostmark,
  bySendGrid,
  bySes,
  bySns,
  certificateFor,
  CERTIFICATE_URL,
  webhookEnvironment,
  type Posted,
} from '../../../../test/support/webhook-senders.js';
import { WebhookUnavailableError, type OpenedDelivery } from '../email-provider.js';
import { readEmailProviders } from '../email-providers.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY = 86_400_000;
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

const fetched: string[] = [];
const providersAt = (
  now: Date | FixedClock,
  fetcher: (url: URL) => Promise<unknown> = (url) => Promise.resolve(void fetched.push(url.href)),
) =>
  readEmailProviders(webhookEnvironment, {
    clock: now instanceof Date ? new FixedClock(now) : now,
    fetcher: async (url) => {
      await fetcher(url);
      return certificateFor(later(-DAY), later(90 * DAY));
    },
  });
const open = async (name: string, posted: Posted, now = NOW): Promise<OpenedDelivery> => {
  const provider = providersAt(now).get(name);
  if (!provider) throw new Error(`No ${name}.`);
  return provider.open(posted);
};
const isRefused = (code: string) => ({ ok: false, error: { code } });
const accepted = { ok: true, value: [{ payload: { event: 'open' } }] };

/** Every body that differs from the posted one in one byte of every tenth. */
const changed = ({ headers, body }: Posted): Posted[] =>
  Array.from({ length: Math.ceil(body.length / 10) }, (_, i) => {
    const copy = Buffer.from(body);
    copy[i * 10] = (copy[i * 10] ?? 0) ^ 1;
    return { headers, body: copy };
  });
const without = ({ headers, body }: Posted, name: string): Posted => {
  const { [name]: _left, ...rest } = headers;
  return { headers: rest, body };
};

describe('SendGrid', () => {
  const posted = bySendGrid([{ event: 'open' }], NOW);

  it('is believed by its signature over timestamp and bytes', async () => {
    expect(await open('sendgrid', posted)).toMatchObject(accepted);
  });

  it('is not believed with any byte changed, another timestamp, or another signature', async () => {
    for (const other of changed(posted))
      expect(await open('sendgrid', other)).toMatchObject(isRefused('webhook-forged'));
    const { headers, body } = posted;
    const name = 'x-twilio-email-event-webhook';
    const changes: Record<string, string>[] = [
      { [`${name}-timestamp`]: '1772366401' },
      { [`${name}-signature`]: 'AAAA' },
    ];
    for (const change of changes)
      expect(await open('sendgrid', { headers: { ...headers, ...change }, body })).toMatchObject(
        isRefused('webhook-forged'),
      );
    for (const header of [`${name}-timestamp`, `${name}-signature`])
      expect(await open('sendgrid', without(posted, header))).toMatchObject(isRefused('webhook-unsigned'));
  });

  it('may come a day late, not later, and not from the future', async () => {
    expect(await open('sendgrid', posted, later(DAY))).toMatchObject({ ok: true });
    expect(await open('sendgrid', posted, later(27 * 3_600_000))).toMatchObject(isRefused('webhook-stale'));
    expect(await open('sendgrid', posted, later(-6 * 60_000))).toMatchObject(isRefused('webhook-stale'));
  });

  it('must be JSON', async () => {
    const body = Buffer.from('no JSON');
    const notJson = bySendGrid('', NOW);
    expect(await open('sendgrid', { ...notJson, body })).toMatchObject(isRefused('webhook-forged'));
    expect(await open('mailgun', { ...notJson, body })).toMatchObject(isRefused('webhook-malformed'));
  });

  it('must not be nested beyond reason', async () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    const deep = (levels: number): Posted => bySendGrid([{ event: 'open', more: nested(levels) }], NOW);
    expect(await open('sendgrid', deep(70))).toMatchObject(isRefused('webhook-malformed'));
    expect(await open('sendgrid', deep(30))).toMatchObject({ ok: true });
  });
});

describe('Amazon SES through SNS', () => {
  const event = { eventType: 'Open' };

  it.each(['1', '2'] as const)('is believed by its signature, version %s', async (version) => {
    const posted = bySns({ Message: JSON.stringify(event), Timestamp: NOW.toISOString() }, version);
    expect(await open('amazon-ses', posted)).toMatchObject({ ok: true, value: [{ payload: event }] });
  });

  it('is not believed with any byte of what is signed changed', async () => {
    const posted = bySes(event, NOW);
    const text = posted.body.toString();
    const signed = JSON.parse(text) as Record<string, string>;
    for (const field of ['Message', 'MessageId', 'Timestamp']) {
      const value = signed[field] ?? '';
      for (let i = 0; i < value.length; i++) {
        const other = `${value.slice(0, i)}~${value.slice(i + 1)}`;
        const body = Buffer.from(JSON.stringify({ ...signed, [field]: other }));
        expect(await open('amazon-ses', { ...posted, body })).toMatchObject(isRefused('webhook-forged'));
      }
    }
    for (const field of ['Message', 'MessageId', 'Timestamp', 'Signature', 'SignatureVersion', 'Type']) {
      const message = JSON.parse(text) as Record<string, string>;
      message[field] = field === 'Type' ? 'UnsubscribeConfirmation' : field === 'SignatureVersion' ? '1' : 'AAAA';
      const body = Buffer.from(JSON.stringify({ Token: 't', SubscribeURL: 'https://x', ...message }));
      expect([field, await open('amazon-ses', { ...posted, body })]).toMatchObject([
        field,
        isRefused('webhook-forged'),
      ]);
    }
  });

  it('is believed of our topics only, and nothing is fetched for others', async () => {
    fetched.length = 0;
    const other = bySns({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:mail', Timestamp: NOW.toISOString() });
    expect(await open('amazon-ses', { ...other })).toMatchObject({ ok: false });
    expect(fetched).toEqual([]);
  });

  it.each([
    'http://sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.us-east-1.amazonaws.com/a.pem',
    'https://sns.us-east-1.amazonaws.com@evil.example/a.pem',
    'https://sns.us-east-1.amazonaws.com:8443/a.pem',
    'https://sns.us-east-1.amazonaws.com/a.pem?x=1',
    'https://s3.us-east-1.amazonaws.com/a.pem',
    'file:///a.pem',
  ])('never fetches a certificate from %s', async (SigningCertURL) => {
    fetched.length = 0;
    const posted = bySns({ Message: '{}', Timestamp: NOW.toISOString(), SigningCertURL });
    expect(await open('amazon-ses', posted)).toMatchObject(isRefused('webhook-forged'));
    expect(fetched).toEqual([]);
  });

  it('fetches a certificate once, and takes none that is not valid now', async () => {
    fetched.length = 0;
    const provider = providersAt(NOW).get('amazon-ses');
    for (let i = 0; i < 3; i++) expect(await provider?.open(bySes(event, NOW))).toMatchObject({ ok: true });
    expect(fetched).toEqual([CERTIFICATE_URL]);
    const expired = later(91 * DAY);
    expect(await open('amazon-ses', bySes(event, expired), expired)).toMatchObject(isRefused('webhook-forged'));
  });

  it('asks to be sent again while the certificate cannot be had', async () => {
    const provider = providersAt(NOW, () => Promise.reject(new Error('no network'))).get('amazon-ses');
    await expect(provider?.open(bySes(event, NOW))).rejects.toThrow(WebhookUnavailableError);
  });

  it('fetches it again some seconds later, and goes on with the one before while it cannot be had again', async () => {
    const clock = new FixedClock(NOW);
    let isThere = false;
    let asked = 0;
    const fetcher = (): Promise<void> => {
      asked++;
      return isThere ? Promise.resolve() : Promise.reject(new Error('no network'));
    };
    const provider = providersAt(clock, fetcher).get('amazon-ses');
    const opened = async (): Promise<unknown> => provider?.open(bySes(event, clock.now()));
    for (let n = 0; n < 3; n++) await expect(opened()).rejects.toThrow(WebhookUnavailableError);
    expect(asked).toBe(1);
    isThere = true;
    clock.advance(6_000);
    expect(await opened()).toMatchObject({ ok: true });
    isThere = false;
    clock.advance(DAY + 1_000);
    expect(await opened()).toMatchObject({ ok: true });
    clock.advance(6_000);
    expect(await opened()).toMatchObject({ ok: true });
    expect(asked).toBe(4);
  });

  it('confirms a subscription, at SNS only', async () => {
    const confirmation = (SubscribeURL: string): Posted =>
      bySns({
        Type: 'SubscriptionConfirmation',
        Message: 'You have chosen to subscribe …',
        Timestamp: NOW.toISOString(),
        Token: 'token',
        SubscribeURL,
      });
    fetched.length = 0;
    const SubscribeURL = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=token';
    expect(await open('amazon-ses', confirmation(SubscribeURL))).toEqual({ ok: true, value: [] });
    expect(fetched).toEqual([CERTIFICATE_URL, SubscribeURL]);
    expect(await open('amazon-ses', confirmation('https://evil.example/'))).toMatchObject(isRefused('webhook-forged'));
    expect(fetched).not.toContain('https://evil.example/');
  });
});

describe('Mailgun', () => {
  const posted = byMailgun({ event: 'open' }, NOW);

  it('is believed by its signature over timestamp and token, and not with one of the three changed', async () => {
    expect(await open('mailgun', posted)).toMatchObject(accepted);
    for (const field of ['timestamp', 'token', 'signature']) {
      const message = JSON.parse(posted.body.toString()) as { signature: Record<string, string> };
      message.signature[field] = `${message.signature[field]}0`;
      const other = { ...posted, body: Buffer.from(JSON.stringify(message)) };
      expect(await open('mailgun', other)).toMatchObject(isRefused('webhook-forged'));
      delete message.signature[field];
      const lacking = { ...posted, body: Buffer.from(JSON.stringify(message)) };
      expect(await open('mailgun', lacking)).toMatchObject(isRefused('webhook-unsigned'));
    }
  });

  it('may come a day late, and not later', async () => {
    expect(await open('mailgun', posted, later(DAY))).toMatchObject({ ok: true });
    expect(await open('mailgun', posted, later(27 * 3_600_000))).toMatchObject(isRefused('webhook-stale'));
  });
});

describe('Postmark', () => {
  it('is believed by user name and password, and by no others', async () => {
    const posted = byPostmark({ event: 'open' });
    expect(await open('postmark', posted)).toMatchObject(accepted);
    expect(await open('postmark', without(posted, 'authorization'))).toMatchObject(isRefused('webhook-unsigned'));
    for (const wrong of ['rapport:', 'rapport:another', 'other:a password: of this spec', 'x']) {
      const authorization = `Basic ${Buffer.from(wrong).toString('base64')}`;
      expect(await open('postmark', { ...posted, headers: { authorization } })).toMatchObject(
        isRefused('webhook-forged'),
      );
    }
  });
});

describe('The generic endpoint', () => {
  const posted = byBrevo([{ event: 'open' }], NOW);

  it('believes a signature over timestamp and bytes, and none with a byte changed', async () => {
    expect(await open('brevo', posted)).toMatchObject(accepted);
    for (const other of changed(posted)) expect(await open('brevo', other)).toMatchObject(isRefused('webhook-forged'));
    const headers = { ...posted.headers, 'x-rapport-timestamp': '1772366401' };
    expect(await open('brevo', { ...posted, headers })).toMatchObject(isRefused('webhook-forged'));
    expect(await open('brevo', without(posted, 'x-rapport-signature'))).toMatchObject(isRefused('webhook-unsigned'));
  });

  it('takes nothing that is older than five minutes', async () => {
    expect(await open('brevo', posted, later(299_000))).toMatchObject({ ok: true });
    expect(await open('brevo', posted, later(301_000))).toMatchObject(isRefused('webhook-stale'));
  });
});

describe('The environment', () => {
  const read = (env: NodeJS.ProcessEnv) =>
    readEmailProviders(env, { clock: new FixedClock(NOW), fetcher: () => Promise.resolve('') });

  it('says which providers are taken: none without a secret', () => {
    expect([...read({}).keys()]).toEqual([]);
    expect([...read(webhookEnvironment).keys()]).toEqual(['sendgrid', 'amazon-ses', 'mailgun', 'postmark', 'brevo']);
  });

  it.each([
    { RAPPORT_WEBHOOK_SENDGRID_PUBLIC_KEY: 'topsecret' },
    { RAPPORT_WEBHOOK_POSTMARK_CREDENTIALS: 'topsecret' },
    { RAPPORT_WEBHOOK_GENERIC_SECRETS: 'brevo:topsecret' },
    { RAPPORT_WEBHOOK_GENERIC_SECRETS: 'mailgun:topsecret-but-long-enough' },
  ])('is refused where it is wrong, without showing the secret', (env) => {
    let message = '';
    try {
      read(env);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).not.toBe('');
    expect(message).not.toContain('topsecret');
  });
});
