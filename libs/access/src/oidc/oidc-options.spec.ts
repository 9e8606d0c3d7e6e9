import { describe, expect, it } from '@jest/globals';
import { claimedRoles } from './claimed-roles.js';
import { readOidcOptions } from './oidc-options.js';

const whole = {
  RAPPORT_OIDC_ISSUER: 'https://login.example/realms/hr',
  RAPPORT_OIDC_AUDIENCE: 'rapport',
  RAPPORT_OIDC_ROLE_CLAIM: 'realm_access.roles',
};

describe('the settings for tokens', () => {
  it('may be absent: then there are API keys only', () => {
    expect(readOidcOptions({})).toBeUndefined();
    expect(readOidcOptions({ RAPPORT_OIDC_ISSUER: '' })).toBeUndefined();
  });

  it('are read', () => {
    const env = {
      ...whole,
      RAPPORT_OIDC_JWKS_URL: 'https://login.example/keys',
      RAPPORT_OIDC_ROLE_MAP: 'hr=team=analyst, ops=admin',
    };
    expect(readOidcOptions(env)).toEqual({
      issuer: 'https://login.example/realms/hr',
      audience: 'rapport',
      roleClaim: ['realm_access', 'roles'],
      jwksUrl: new URL('https://login.example/keys'),
      roleMap: new Map([
        ['hr=team', 'analyst'],
        ['ops', 'admin'],
      ]),
    });
  });

  it.each([
    ['only the issuer', { RAPPORT_OIDC_ISSUER: 'https://a' }, 'RAPPORT_OIDC_AUDIENCE, RAPPORT_OIDC_ROLE_CLAIM are not'],
    ['only a key set', { RAPPORT_OIDC_JWKS_URL: 'https://a' }, 'RAPPORT_OIDC_ISSUER'],
    ['no audience', { ...whole, RAPPORT_OIDC_AUDIENCE: '' }, 'RAPPORT_OIDC_AUDIENCE is not'],
    ['an issuer without TLS', { ...whole, RAPPORT_OIDC_ISSUER: 'http://login.example' }, 'RAPPORT_OIDC_ISSUER must be'],
    [
      'keys without TLS',
      { ...whole, RAPPORT_OIDC_JWKS_URL: 'http://login.example/k' },
      'RAPPORT_OIDC_JWKS_URL must be',
    ],
    ['a role that nobody has', { ...whole, RAPPORT_OIDC_ROLE_MAP: 'ops=root' }, 'RAPPORT_OIDC_ROLE_MAP must be'],
    ['an empty claim', { ...whole, RAPPORT_OIDC_ROLE_CLAIM: 'a..b' }, 'RAPPORT_OIDC_ROLE_CLAIM must be'],
  ])('are refused with %s', (_what, env, message) => {
    expect(() => readOidcOptions(env)).toThrow(message);
  });
});

describe('the roles that a token names', () => {
  const roleClaim = ['realm_access', 'roles'];

  it.each([
    ['a list', { realm_access: { roles: ['admin', 'offline', 'analyst', 'admin'] } }, ['analyst', 'admin']],
    ['a string', { realm_access: { roles: 'auditor' } }, ['auditor']],
    ['a name with dots', { 'realm_access.roles': ['service'] }, ['service']],
    ['nothing', {}, []],
    ['something else', { realm_access: { roles: { analyst: true } } }, []],
    ['no strings', { realm_access: { roles: [1, null, ['admin']] } }, []],
    ['what objects inherit', { realm_access: [] }, []],
  ])('come from %s', (_what, claims, expected) => {
    expect(claimedRoles(claims, { roleClaim })).toEqual(expected);
  });

  it('are only what the map says where there is one', () => {
    const roleMap = new Map([['hr', 'analyst' as const]]);
    expect(claimedRoles({ groups: ['hr', 'admin'] }, { roleClaim: ['groups'], roleMap })).toEqual(['analyst']);
  });
});
