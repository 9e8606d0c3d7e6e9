import type { BucketOptions } from '#libs/access';
import { readEmailOptions } from '#libs/email';

/** What an operator says about signing up. */
export interface SignUpSettings {
  /** Whether the messages that ask for a confirmation go anywhere. */
  readonly emailConfigured: boolean;
  /** Where people reach this API, `https://talent.example`: what links begin with. Undefined: where it listens. */
  readonly publicUrl: string | undefined;
  /** Nobody reads and fills in a form in less. */
  readonly leastMilliseconds: number;
  /** Submissions from one network; undefined is as many as it likes. */
  readonly rate: BucketOptions | undefined;
}

export const SIGN_UP_SETTINGS = Symbol('SignUpSettings');

const LEAST_SECONDS = 2;
/** Twelve a minute, and an hour's worth of a stand at a fair, where everybody has one address, saved up. */
const PER_SECOND = 0.2;
const BURST_SECONDS = 600;
const MOST_LEAST_SECONDS = 60;

const numberIn = (env: NodeJS.ProcessEnv, name: string, otherwise: number, most: number): number => {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!(value >= 0 && value <= most)) throw new Error(`${name} must be a number from 0 to ${most}.`);
  return value;
};

const publicUrlIn = (text: string | undefined): string | undefined => {
  if (!text) return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text) || new URL(text).origin !== text)
    throw new Error('RAPPORT_PUBLIC_URL must be an origin like "https://talent.example".');
  return text;
};

/** Throws an Error that names what's wrong: then the app doesn't start. */
export const readSignUpSettings = (env: NodeJS.ProcessEnv = process.env): SignUpSettings => {
  const email = readEmailOptions(env);
  const publicUrl = publicUrlIn(env['RAPPORT_PUBLIC_URL']);
  if (email?.kind === 'smtp' && publicUrl === undefined)
    throw new Error('With SMTP_URL, RAPPORT_PUBLIC_URL must say where people reach the command API: links lead there.');
  const perSecond = numberIn(env, 'RAPPORT_RATE_SIGN_UPS', PER_SECOND, 1_000);
  return {
    emailConfigured: email !== undefined,
    publicUrl,
    leastMilliseconds: numberIn(env, 'RAPPORT_SIGN_UP_LEAST_SECONDS', LEAST_SECONDS, MOST_LEAST_SECONDS) * 1_000,
    rate: perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, Math.ceil(perSecond * BURST_SECONDS)) },
  };
};
