import type { BucketOptions } from '#libs/access';
import { readEmailOptions } from '#libs/email';
import { numberSetting, textSetting } from '#libs/settings';

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

const publicUrlIn = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text) || new URL(text).origin !== text)
    throw new Error('RAPPORT_PUBLIC_URL must be an origin like "https://talent.example".');
  return text;
};

/** Throws an Error that names what's wrong: then the app doesn't start. */
export const readSignUpSettings = (env: NodeJS.ProcessEnv = process.env): SignUpSettings => {
  const email = readEmailOptions(env);
  const publicUrl = publicUrlIn(textSetting(env, 'RAPPORT_PUBLIC_URL'));
  if (email?.kind === 'smtp' && publicUrl === undefined)
    throw new Error('With SMTP_URL, RAPPORT_PUBLIC_URL must say where people reach the command API: links lead there.');
  const perSecond =
    numberSetting(env, 'RAPPORT_RATE_SIGN_UPS', { from: 0, to: 1_000, what: 'submissions a second' }) ?? PER_SECOND;
  const leastSeconds = numberSetting(env, 'RAPPORT_SIGN_UP_LEAST_SECONDS', { from: 0, to: MOST_LEAST_SECONDS });
  return {
    emailConfigured: email !== undefined,
    publicUrl,
    leastMilliseconds: (leastSeconds ?? LEAST_SECONDS) * 1_000,
    rate: perSecond === 0 ? undefined : { perSecond, burst: Math.max(1, Math.ceil(perSecond * BURST_SECONDS)) },
  };
};
