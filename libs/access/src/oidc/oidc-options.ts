import { roles, type Role } from '../roles.js';

/** Where tokens come from, and how they say what somebody may do. */
export interface OidcOptions {
  /** Compared with `iss`, character by character. */
  readonly issuer: string;
  /** One of the token's `aud`. */
  readonly audience: string;
  /** Where the issuer's keys are; found through its discovery document unless given. */
  readonly jwksUrl?: URL;
  /** The path to the claim that names roles: `['realm_access', 'roles']`. */
  readonly roleClaim: readonly string[];
  /** From the claim's values to roles; absent where they are the same. */
  readonly roleMap?: ReadonlyMap<string, Role>;
}

const NAMES = {
  issuer: 'RAPPORT_OIDC_ISSUER',
  audience: 'RAPPORT_OIDC_AUDIENCE',
  jwksUrl: 'RAPPORT_OIDC_JWKS_URL',
  roleClaim: 'RAPPORT_OIDC_ROLE_CLAIM',
  roleMap: 'RAPPORT_OIDC_ROLE_MAP',
} as const;

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Keys that come over plain HTTP could be anybody's, so that's for this machine only. */
const addressIn = (name: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))) return url;
  throw new Error(`${name} must be an https address.`);
};

const claimPathIn = (text: string): readonly string[] => {
  const path = text.split('.');
  if (path.includes('')) throw new Error(`${NAMES.roleClaim} must be a claim's name, or names with dots between them.`);
  return path;
};

const roleMapIn = (text: string): ReadonlyMap<string, Role> => {
  const pairs = text.split(',').map((pair): [string, Role] => {
    const at = pair.lastIndexOf('=');
    const [value, role] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || value === '' || !isRole(role)) {
      throw new Error(
        `${NAMES.roleMap} must be a list like "recruiters=analyst,backend=service"; roles are ${roles.join(', ')}.`,
      );
    }
    return [value, role];
  });
  return new Map(pairs);
};

/** Undefined where nothing is set: then there are API keys only. Throws an Error that says what's missing or wrong. */
export const readOidcOptions = (env: NodeJS.ProcessEnv): OidcOptions | undefined => {
  const { issuer, audience, jwksUrl, roleClaim, roleMap } = {
    issuer: env[NAMES.issuer],
    audience: env[NAMES.audience],
    jwksUrl: env[NAMES.jwksUrl],
    roleClaim: env[NAMES.roleClaim],
    roleMap: env[NAMES.roleMap],
  };
  const isSet = Object.values(NAMES).filter((name) => env[name]);
  if (isSet.length === 0) return undefined;
  if (!issuer || !audience || !roleClaim) {
    const missing = [NAMES.issuer, NAMES.audience, NAMES.roleClaim].filter((name) => !env[name]);
    throw new Error(
      `${isSet.join(', ')} ${isSet.length === 1 ? 'is' : 'are'} set, but ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not. Tokens need all three of ${NAMES.issuer}, ${NAMES.audience} and ${NAMES.roleClaim}.`,
    );
  }
  addressIn(NAMES.issuer, issuer);
  return {
    issuer,
    audience,
    roleClaim: claimPathIn(roleClaim),
    ...(jwksUrl ? { jwksUrl: addressIn(NAMES.jwksUrl, jwksUrl) } : {}),
    ...(roleMap ? { roleMap: roleMapIn(roleMap) } : {}),
  };
};
