import { describe, expect, it } from '@jest/globals';
import { readSignUpSettings } from './sign-up-settings.js';

const smtp = {
  SMTP_URL: 'smtp://mail.example',
  RAPPORT_EMAIL_FROM: 'a@example.com',
  RAPPORT_EMAIL_POSTAL_ADDRESS: 'x',
};

describe('The settings of signing up', () => {
  it('are sound where nothing is set, and then no email is', () => {
    expect(readSignUpSettings({})).toEqual({
      emailConfigured: false,
      publicUrl: undefined,
      leastMilliseconds: 2_000,
      rate: { perSecond: 0.2, burst: 120 },
    });
    const env = { RAPPORT_EMAIL_FOLDER: '/tmp/outbox', RAPPORT_RATE_SIGN_UPS: '0', RAPPORT_SIGN_UP_LEAST_SECONDS: '0' };
    expect(readSignUpSettings(env)).toMatchObject({ emailConfigured: true, rate: undefined, leastMilliseconds: 0 });
  });

  it('say where links lead as soon as anything is sent', () => {
    expect(() => readSignUpSettings(smtp)).toThrow('RAPPORT_PUBLIC_URL');
    const publicUrl = 'https://talent.example';
    expect(readSignUpSettings({ ...smtp, RAPPORT_PUBLIC_URL: publicUrl })).toMatchObject({ publicUrl });
  });

  it.each([
    ['RAPPORT_PUBLIC_URL', 'https://talent.example/'],
    ['RAPPORT_PUBLIC_URL', 'ftp://talent.example'],
    ['RAPPORT_RATE_SIGN_UPS', '-1'],
    ['RAPPORT_SIGN_UP_LEAST_SECONDS', 'two'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => readSignUpSettings({ [name]: value })).toThrow(name);
  });
});
