import { roles, type Role } from '../roles.js';
import type { OidcOptions } from './oidc-options.js';

const valueAt = (claims: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    claims,
  );

/**
 * The roles that a token's claims name: all that are known here, each once; what else the claim holds is other
 * programs' business. A claim whose own name has dots counts as one name before it counts as a path.
 */
export const claimedRoles = (
  claims: Readonly<Record<string, unknown>>,
  { roleClaim, roleMap }: Pick<OidcOptions, 'roleClaim' | 'roleMap'>,
): readonly Role[] => {
  const value = valueAt(claims, [roleClaim.join('.')]) ?? valueAt(claims, roleClaim);
  const named = (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string');
  const known = named.map((name) => (roleMap ? roleMap.get(name) : (name as Role)));
  return roles.filter((role) => known.includes(role));
};
