import { FixedClock, newId } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { Digests } from '#libs/privacy';
import type { KnownForm, SignUpForms } from '#libs/sign-up';
import type { PendingSignUps } from '#libs/sign-up-intake';
import { describe, expect, it } from '@jest/globals';
import type { PublicAddress } from './public-address.js';
import { SignUpSubmissions } from './sign-up-submissions.js';

const newsletter = { purpose: 'newsletter', channel: 'email' } as const;
const form: KnownForm = {
  kind: 'known',
  name: 'Spring fair',
  source: { kind: 'event', name: 'Spring fair 2026' },
  origins: [],
  topics: [],
  consents: [newsletter],
  consentText: { version: '1', language: 'en', wording: 'You may write to me.' },
  texts: [],
  privacyUrl: 'https://careers.example/privacy',
  open: true,
};
const flooder = '192.0.2.1';
const visitor = '198.51.100.7';
/** What a form takes of all together is 50 times what one network may send, which is this. */
const EACH = 2;
const WHOLE_FORM = 50 * EACH;

const submissions = () => {
  const clock = new FixedClock(new Date());
  const taken = new SignUpSubmissions(
    { find: () => Promise.resolve(form) } as unknown as SignUpForms,
    { keep: () => Promise.resolve('kept') } as unknown as PendingSignUps,
    new Digests({ masterKey: Buffer.alloc(32), indexKey: Buffer.alloc(32) }),
    { base: 'https://talent.example' } as PublicAddress,
    clock,
    // So slow that nothing is refilled while a test runs.
    { emailConfigured: true, publicUrl: undefined, leastMilliseconds: 0, rate: { perSecond: 1e-6, burst: EACH } },
    new Metrics(),
  );
  const formId = newId();
  const entered = { email: 'ada@example.org', consents: [newsletter], textVersion: '1' };
  const send = async (from: string, more: { ticket?: string; website?: string } = {}): Promise<string> => {
    try {
      await taken.submit(formId, { ...entered, ticket: taken.tickets.issue(), ...more }, from);
      return 'taken';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const look = (from: string): string => {
    try {
      taken.countLook(from);
      return 'shown';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { send, look };
};

describe('Submissions of a form', () => {
  it('are taken from other networks while one sends more than it may', async () => {
    const { send } = submissions();
    for (let n = 0; n < EACH; n++) expect(await send(flooder)).toBe('taken');
    for (let n = 0; n < WHOLE_FORM; n++) expect(await send(flooder)).toBe('too-many-requests');
    expect(await send(visitor)).toBe('taken');
  });

  it('are taken while many networks send what never saw the form', async () => {
    const { send } = submissions();
    for (let n = 0; n < WHOLE_FORM; n++) {
      expect(await send(`203.0.113.${n}`, { ticket: 'forged' })).toBe('invalid-request');
      expect(await send(`203.0.113.${n}`, { website: 'https://spam.example' })).toBe('taken');
    }
    expect(await send(visitor)).toBe('taken');
  });

  it('and looks at forms are bounded for each network: one submission is some twenty of them', () => {
    const { look } = submissions();
    const looks = Array.from({ length: 20 * EACH + 1 }, () => look(flooder));
    expect(looks.filter((outcome) => outcome === 'shown')).toHaveLength(20 * EACH);
    expect(looks.at(-1)).toBe('too-many-requests');
    expect(look(visitor)).toBe('shown');
  });

  it('are bounded for a form as a whole, too', async () => {
    const { send } = submissions();
    for (let n = 0; n < WHOLE_FORM; n++) expect(await send(`203.0.113.${n}`)).toBe('taken');
    expect(await send(visitor)).toBe('too-many-requests');
  });
});
