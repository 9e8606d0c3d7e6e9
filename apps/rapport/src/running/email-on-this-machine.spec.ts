import { homeAt } from '#libs/embedded';
import { describe, expect, it } from '@jest/globals';
import { emailOnThisMachine } from './email-on-this-machine.js';

const home = homeAt('/srv/rapport', {});

describe('Email of an instance that is started here', () => {
  it('lies in its folder, unless an operator said otherwise', () => {
    expect(emailOnThisMachine(home, {})).toMatchObject({ env: { RAPPORT_EMAIL_FOLDER: '/srv/rapport/outbox' } });
    expect(emailOnThisMachine(home, { SMTP_URL: 'smtp://mail.example' })).toEqual({ env: {}, told: 'sent by SMTP' });
    const folder = { RAPPORT_EMAIL_FOLDER: '/tmp/mail' };
    expect(emailOnThisMachine(home, { ...folder, DATABASE_URL: 'postgres://db' })).toMatchObject({ env: folder });
  });

  it('is not pretended on real servers', () => {
    expect(emailOnThisMachine(home, { DATABASE_URL: 'postgres://db' }).env).toEqual({});
  });
});
