import type { Digests } from '#libs/privacy';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { callerWith, type Caller } from '../caller.js';
import { claimedRoles } from './claimed-roles.js';
import { IssuerKeys, IssuerUnavailableError } from './issuer-keys.js';
import type { OidcOptions } from './oidc-options.js';

/** No algorithm that signs with a shared secret: an issuer's public key would do as one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Access tokens, named as RFC 9068 does or not at all. Others (`logout+jwt`, `dpop+jwt`) say something else. */
const TYPES: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];
/** Clocks of servers that are kept in time. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** Twice what issuers give out with a long list of groups; a header of Node's may have 16 KiB in all. */
const MAX_TOKEN_CHARACTERS = 8_192;
/** OpenID Connect's own limit on `sub`. */
const MAX_SUBJECT_CHARACTERS = 255;

/** What's wrong with a token, for who sent it; nothing of what's in it. */
export type TokenProblem = 'invalid' | 'expired' | 'not-yet-valid' | 'wrong-audience' | 'too-large';

export type TokenJudgement = { readonly caller: Caller } | { readonly problem: TokenProblem };

const problemOf = (error: unknown): TokenProblem => {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed && error.reason === 'check_failed') {
    if (error.claim === 'aud') return 'wrong-audience';
    if (error.claim === 'nbf') return 'not-yet-valid';
  }
  return 'invalid';
};

/** Callers by the access tokens of one OpenID Connect issuer. */
export class TokenCallers {
  private readonly keys: IssuerKeys;

  /** @param now milliseconds on a clock that never goes back: when to fetch keys */
  constructor(
    private readonly options: OidcOptions,
    private readonly digests: Pick<Digests, 'digest'>,
    now?: () => number,
  ) {
    this.keys = new IssuerKeys(options, now);
  }

  /** Rejects with IssuerUnavailableError where that can't be said now. */
  async judge(token: string): Promise<TokenJudgement> {
    if (token.length > MAX_TOKEN_CHARACTERS) return { problem: 'too-large' };
    let verified: JWTVerifyResult;
    try {
      verified = await jwtVerify(token, this.keys.find, {
        algorithms: ALGORITHMS,
        issuer: this.options.issuer,
        audience: this.options.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
    } catch (error) {
      if (error instanceof IssuerUnavailableError) throw error;
      return { problem: problemOf(error) };
    }
    const { payload, protectedHeader } = verified;
    if (!TYPES.includes(protectedHeader.typ?.toLowerCase())) return { problem: 'invalid' };
    if (payload.iat !== undefined && payload.iat > Date.now() / 1_000 + CLOCK_TOLERANCE_SECONDS) {
      return { problem: 'not-yet-valid' };
    }
    const caller = this.callerOf(payload);
    return caller ? { caller } : { problem: 'invalid' };
  }

  /** `sub` may be an email address, and who acted is written into every event: a keyed digest stands for it. */
  private callerOf(claims: JWTPayload): Caller | undefined {
    const { iss, sub } = claims;
    if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_CHARACTERS) {
      return undefined;
    }
    const id = `oidc_${this.digests.digest('oidc-subject', iss, sub)}`;
    return callerWith(id, claimedRoles(claims, this.options));
  }
}
