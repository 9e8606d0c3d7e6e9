import { verify, type KeyObject } from 'node:crypto';
import { isObject, ownOf, type Json } from '../json.js';

/** What Amazon SNS posts; every field is text. */
export interface SnsMessage {
  readonly Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
  readonly Subject?: string;
  readonly SubscribeURL?: string;
  readonly Token?: string;
}

const always = [
  'Type',
  'MessageId',
  'TopicArn',
  'Message',
  'Timestamp',
  'SignatureVersion',
  'Signature',
  'SigningCertURL',
];
const confirmation = ['SubscribeURL', 'Token'];
const types = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'];

/** Undefined for what isn't a message of SNS. */
export const snsMessageOf = (value: Json): SnsMessage | undefined => {
  if (!isObject(value) || !types.some((type) => type === value['Type'])) return undefined;
  const needed = value['Type'] === 'Notification' ? always : [...always, ...confirmation];
  if (needed.some((name) => typeof value[name] !== 'string' || value[name] === '')) return undefined;
  if (value['Subject'] !== undefined && value['Subject'] !== null && typeof value['Subject'] !== 'string')
    return undefined;
  return value as unknown as SnsMessage;
};

/** The names of what's signed, in the order of signing. */
const signedFields = ({ Type }: SnsMessage): readonly (keyof SnsMessage)[] =>
  Type === 'Notification'
    ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** The text that SNS signs: each name and each value on a line of its own; an absent subject isn't among them. */
export const signedText = (message: SnsMessage): string =>
  signedFields(message)
    .flatMap((name) => (typeof message[name] === 'string' ? [`${name}\n${message[name]}\n`] : []))
    .join('');

const algorithms: Readonly<Record<string, string>> = { 1: 'sha1', 2: 'sha256' };

export const isSignedBy = (key: KeyObject, message: SnsMessage): boolean => {
  const algorithm = ownOf(algorithms, message.SignatureVersion);
  if (algorithm === undefined || key.asymmetricKeyType !== 'rsa') return false;
  return verify(algorithm, Buffer.from(signedText(message)), key, Buffer.from(message.Signature, 'base64'));
};

const host = /^sns\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/;

/** An address at SNS itself, over https, with nothing unusual in it. */
export const snsAddress = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return url && isPlain && host.test(url.hostname) ? url : undefined;
};
