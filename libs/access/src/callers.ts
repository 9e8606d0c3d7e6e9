import { Inject, Injectable } from '@nestjs/common';
import { AccessRefusedError } from './access-refusal.js';
import type { Caller } from './caller.js';
import { ApiKeys } from './keys/api-keys.js';
import { RateLimits } from './limits/rate-limits.js';
import { IssuerUnavailableError } from './oidc/issuer-keys.js';
import type { TokenCallers, TokenProblem } from './oidc/token-callers.js';

export const TOKEN_CALLERS = Symbol('TokenCallers');

const API_KEY_PREFIX = 'rk_';
/** Long enough for an issuer that's restarting. */
const ISSUER_RETRY_SECONDS = 5;

const tokenProblems: Readonly<Record<TokenProblem, string>> = {
  invalid: 'This token is not valid here.',
  expired: 'This token has expired. Get a new one from its issuer.',
  'not-yet-valid': 'This token is not valid yet. Check the clocks of its issuer and of this server.',
  'wrong-audience': 'This token was issued for another audience.',
  'too-large': 'This token is larger than 8 KiB.',
};

const challenge = (error?: string): Readonly<Record<string, string>> => ({
  'www-authenticate': `Bearer realm="rapport"${error === undefined ? '' : `, error="${error}"`}`,
});

/** Finds out who calls, by an API key or by an access token. */
@Injectable()
export class Callers {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly limits: RateLimits,
    @Inject(TOKEN_CALLERS) private readonly tokens: TokenCallers | null,
  ) {}

  /**
   * @param credential what came after `Bearer`
   * @param address of the client, which may fail only so often
   * Throws AccessRefusedError.
   */
  async identify(credential: string | undefined, address: string): Promise<Caller> {
    if (credential === undefined) {
      const what = this.tokens ? 'your access token, or your API key' : 'your API key';
      throw new AccessRefusedError('unauthenticated', `Send ${what}: "Authorization: Bearer …".`, challenge());
    }
    return this.tokens && !credential.startsWith(API_KEY_PREFIX)
      ? this.byToken(this.tokens, credential, address)
      : this.byKey(credential, address);
  }

  private async byKey(key: string, address: string): Promise<Caller> {
    const remembered = this.apiKeys.rememberedCallerOf(key);
    if (remembered) return remembered;
    // Before the look-up: who guesses learns nothing more, and doesn't load PostgreSQL.
    this.limits.assertMayTry(address);
    const caller = await this.apiKeys.callerOf(key);
    if (caller) return caller;
    return this.fail(address, 'This API key is not valid. It may have been revoked, or have expired.');
  }

  private async byToken(tokens: TokenCallers, token: string, address: string): Promise<Caller> {
    try {
      const judgement = await tokens.judge(token);
      return 'caller' in judgement ? judgement.caller : this.fail(address, tokenProblems[judgement.problem]);
    } catch (error) {
      if (!(error instanceof IssuerUnavailableError)) throw error;
      const message =
        'Tokens cannot be checked just now: their issuer does not answer. Send the same request again later.';
      throw new AccessRefusedError('unavailable', message, { 'retry-after': String(ISSUER_RETRY_SECONDS) });
    }
  }

  private fail(address: string, message: string): never {
    this.limits.countFailure(address);
    throw new AccessRefusedError('unauthenticated', message, challenge('invalid_token'));
  }
}
