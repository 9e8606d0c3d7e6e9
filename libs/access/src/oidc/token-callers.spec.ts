import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, type CryptoKey } from 'jose';
import { AUDIENCE, TokenIssuer } from '../../../../test/support/token-issuer.js';
import { until } from '../../../../test/support/until.js';
import { IssuerUnavailableError } from './issuer-keys.js';
import { TokenCallers } from './token-callers.js';

const digests = { digest: (...parts: readonly string[]) => Buffer.from(parts.join('|')).toString('base64url') };
const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let milliseconds = 0;
let issuer: TokenIssuer;
let callers: TokenCallers;
const callersOf = (url: string): TokenCallers =>
  new TokenCallers(
    { issuer: url, audience: AUDIENCE, roleClaim: ['realm_access', 'roles'] },
    digests,
    () => milliseconds,
  );
beforeEach(async () => {
  issuer = await TokenIssuer.start();
  callers = callersOf(issuer.url);
});
afterEach(() => issuer.stop());

const judge = async (...token: Parameters<TokenIssuer['token']>) => callers.judge(await issuer.token(...token));

describe('a token', () => {
  it('says who calls, by a digest of issuer and subject', async () => {
    const id = `oidc_${digests.digest('oidc-subject', issuer.url, 'ada@example.org')}`;
    expect(await judge()).toEqual({ caller: { keyId: id, roles: ['analyst'], actor: { kind: 'user', id } } });
    expect(await judge({ realm_access: { roles: 'service' } })).toMatchObject({
      caller: { actor: { kind: 'service' } },
    });
    expect(await judge({ realm_access: { roles: ['service', 'admin'] } })).toMatchObject({
      caller: { actor: { kind: 'user' }, roles: ['service', 'admin'] },
    });
  });

  it.each([[{}], [{ typ: 'JWT' }], [{ typ: 'at+jwt' }], [{ typ: 'application/at+JWT' }]])(
    'may have the header %j',
    async (header) => {
      expect(await judge({}, header)).toHaveProperty('caller');
    },
  );

  it.each([
    ['has expired', { exp: secondsFromNow(-40) }, 'expired'],
    ['is not valid yet', { nbf: secondsFromNow(40) }, 'not-yet-valid'],
    ['was issued in the future', { iat: secondsFromNow(40) }, 'not-yet-valid'],
    ['has no expiry', { exp: undefined }, 'invalid'],
    ['has an expiry that is no number', { exp: 'never' }, 'invalid'],
    ['is for another audience', { aud: 'https://other.example' }, 'wrong-audience'],
    ['is for no audience', { aud: undefined }, 'invalid'],
    ['is of another issuer', { iss: 'https://other.example' }, 'invalid'],
    ['is of no issuer', { iss: undefined }, 'invalid'],
    ['is about nobody', { sub: undefined }, 'invalid'],
    ['has an empty subject', { sub: '' }, 'invalid'],
    ['has a subject without end', { sub: 'a'.repeat(256) }, 'invalid'],
    ['is larger than 8 KiB', { groups: 'a'.repeat(8_192) }, 'too-large'],
  ])('that %s is refused', async (_what, claims, problem) => {
    expect(await judge(claims)).toEqual({ problem });
  });

  it('may be off by half a minute, as clocks are', async () => {
    expect(await judge({ exp: secondsFromNow(-15), nbf: secondsFromNow(15), iat: secondsFromNow(15) })).toHaveProperty(
      'caller',
    );
  });

  it.each([
    [{ typ: 'logout+jwt' }],
    [{ typ: 'dpop+jwt' }],
    [{ crit: ['exp'], exp: 1 }],
    [{ b64: false, crit: ['b64'] }],
  ])('with the header %j is refused', async (header) => {
    expect(await judge({}, header).catch(() => ({ problem: 'invalid' }))).toEqual({ problem: 'invalid' });
  });

  it('with another key’s signature under a known key id is refused', async () => {
    const { privateKey } = await TokenIssuer.newKey('first');
    expect(await judge({}, {}, privateKey)).toEqual({ problem: 'invalid' });
  });

  it('whose claims were changed after it was signed is refused', async () => {
    const [header, , signature] = (await issuer.token()).split('.');
    const claims = {
      iss: issuer.url,
      aud: AUDIENCE,
      sub: 'x',
      exp: secondsFromNow(60),
      realm_access: { roles: ['admin'] },
    };
    expect(await callers.judge(`${header}.${base64(claims)}.${signature}`)).toEqual({ problem: 'invalid' });
  });

  it.each(['none', 'None', 'NONE'])('with the algorithm "%s" is refused', async (alg) => {
    const [, claims] = (await issuer.token()).split('.');
    for (const signature of ['', 'AAAA']) {
      expect(await callers.judge(`${base64({ alg, kid: 'first' })}.${claims}.${signature}`)).toEqual({
        problem: 'invalid',
      });
    }
  });

  it('signed by HMAC with the public key as the secret is refused', async () => {
    const secrets = [await issuer.publicKeyText(), JSON.stringify(issuer.publicJwk)];
    for (const secret of secrets) {
      expect(await judge({}, { alg: 'HS256' }, Buffer.from(secret))).toEqual({ problem: 'invalid' });
    }
  });

  it('that brings its key, or says where its key is, is refused', async () => {
    const { privateKey, publicKey } = await TokenIssuer.newKey('mine');
    const jwk = await exportJWK(publicKey);
    const mine: CryptoKey = privateKey;
    for (const kid of ['first', 'mine']) {
      expect(await judge({}, { kid, jwk }, mine)).toEqual({ problem: 'invalid' });
      expect(await judge({}, { kid, jku: `${issuer.url}/mine`, x5u: `${issuer.url}/mine` }, mine)).toEqual({
        problem: 'invalid',
      });
    }
  });

  it.each(['', 'x', 'a.b.c', '..', 'rk', `${'a'.repeat(50)}.${'b'.repeat(50)}.`])('"%s" is refused', async (text) => {
    expect(await callers.judge(text)).toEqual({ problem: 'invalid' });
  });
});

describe('the keys of an issuer', () => {
  it('are fetched once, whoever asks, and an unknown key id does not fetch them over and over', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, n) => issuer.token({}, { kid: n % 2 ? 'first' : `made-up-${n}` })),
    );
    const judged = await Promise.all(tokens.map((token) => callers.judge(token)));
    expect(judged.filter((judgement) => 'caller' in judgement)).toHaveLength(10);
    expect(issuer.fetches).toBe(1);
  });

  it('are fetched anew where the issuer has rotated them', async () => {
    expect(await judge()).toHaveProperty('caller');
    const old = await issuer.token();
    await issuer.rotate('second');
    // Not at once: who makes up key ids doesn't load the issuer.
    milliseconds += 6_000;
    expect(await judge()).toHaveProperty('caller');
    expect(await callers.judge(old)).toEqual({ problem: 'invalid' });
    expect(issuer.fetches).toBe(2);
  });

  it('that the issuer withdrew count for five minutes at most', async () => {
    const old = await issuer.token();
    expect(await callers.judge(old)).toHaveProperty('caller');
    await issuer.rotate('second');
    milliseconds += 301_000;
    // The first one to notice doesn't wait for the new keys.
    await until('the old key is gone', async () => 'problem' in (await callers.judge(old)));
    expect(await judge()).toHaveProperty('caller');
  });

  it('do not go on for more than a day without the issuer', async () => {
    expect(await judge()).toHaveProperty('caller');
    issuer.failing = 'broken';
    milliseconds += 301_000;
    expect(await judge()).toHaveProperty('caller');
    milliseconds += 24 * 3_600_000;
    await expect(judge()).rejects.toThrow(IssuerUnavailableError);
  });

  it.each(['silent', 'broken'] as const)(
    'go on while the issuer is %s, and unknown ones cannot be judged',
    async (failing) => {
      expect(await judge()).toHaveProperty('caller');
      issuer.failing = failing;
      expect(await judge()).toHaveProperty('caller');
      const others = callersOf(issuer.url);
      const started = performance.now();
      await expect(others.judge(await issuer.token())).rejects.toThrow(IssuerUnavailableError);
      // The next one isn't made to wait.
      await expect(others.judge(await issuer.token())).rejects.toThrow(IssuerUnavailableError);
      expect(performance.now() - started).toBeLessThan(6_000);
    },
  );

  it('are not taken from a discovery document of another issuer', async () => {
    const others = callersOf(`${issuer.url}/other`);
    await expect(others.judge(await issuer.token({ iss: `${issuer.url}/other` }))).rejects.toThrow(
      IssuerUnavailableError,
    );
  });
});
