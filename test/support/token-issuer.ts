import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface IssuerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export const AUDIENCE = 'https://rapport.example';

/** An OpenID Connect issuer on this machine: a discovery document, a key set, and tokens signed with it. */
export class TokenIssuer {
  /** Requests for the key set. */
  fetches = 0;
  /** What it answers with while it's `failing`: nothing at all, or 500. */
  failing: 'silent' | 'broken' | undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private key: IssuerKey,
  ) {}

  static async start(): Promise<TokenIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const issuer = new TokenIssuer(server, `http://127.0.0.1:${port}`, await TokenIssuer.newKey('first'));
    server.on('request', ({ url }, response) => {
      if (url === '/keys') issuer.fetches += 1;
      if (issuer.failing === 'silent') return;
      if (issuer.failing === 'broken') response.writeHead(500).end();
      else {
        const document = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
        const body = url === '/keys' ? { keys: [issuer.key.jwk] } : document;
        response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      }
    });
    return issuer;
  }

  static async newKey(kid: string, algorithm = 'ES256'): Promise<IssuerKey> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm } };
  }

  /** From now on it signs with another key, and names no other. */
  async rotate(kid: string): Promise<void> {
    this.key = await TokenIssuer.newKey(kid);
  }

  /** The current public key as a file would hold it. */
  publicKeyText(): Promise<string> {
    return exportSPKI(this.key.publicKey);
  }

  get publicJwk(): JWK {
    return this.key.jwk;
  }

  /** Claims and header of a valid token of an analyst, changed as given; undefined leaves a claim out. */
  async token(
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
    signer: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const all = {
      iss: this.url,
      aud: AUDIENCE,
      sub: 'ada@example.org',
      iat: now,
      exp: now + 300,
      realm_access: { roles: ['offline_access', 'analyst'] },
      ...claims,
    };
    const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JWTPayload;
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: this.key.kid, ...header }).sign(signer);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
