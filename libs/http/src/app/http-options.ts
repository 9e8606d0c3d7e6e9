import { isIP } from 'node:net';

/** What an operator says about the network that an app stands in. */
export interface HttpOptions {
  /** Origins whose pages may call from browsers: none unless given. */
  readonly corsOrigins: readonly string[];
  /** How many proxies stand in front, or their addresses: only from them is X-Forwarded-For believed. */
  readonly trustProxy: number | readonly string[] | false;
  /** How long browsers keep to TLS, in seconds; undefined says nothing, as on plain HTTP. */
  readonly hstsSeconds: number | undefined;
}

const listIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const originIn = (text: string): string => {
  if (!URL.canParse(text) || new URL(text).origin !== text) {
    throw new Error('RAPPORT_CORS_ORIGINS must be a list of origins like "https://console.example".');
  }
  return text;
};

/** An address, or one with the length of its network's prefix. */
const isNetwork = (text: string): boolean => {
  const [address = '', length, ...more] = text.split('/');
  const bits = { 4: 32, 6: 128, 0: -1 }[isIP(address)] ?? -1;
  return bits > 0 && more.length === 0 && (length === undefined || (/^\d+$/.test(length) && Number(length) <= bits));
};

const trustProxyIn = (text: string | undefined): HttpOptions['trustProxy'] => {
  const parts = listIn(text);
  if (parts.length === 0) return false;
  if (parts.length === 1 && /^[1-9]\d?$/.test(parts[0] ?? '')) return Number(parts[0]);
  if (parts.every(isNetwork)) return parts;
  throw new Error(
    'RAPPORT_TRUST_PROXY must be the number of proxies in front, or a list of their addresses or networks.',
  );
};

const hstsIn = (text: string | undefined): number | undefined => {
  if (!text) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error('RAPPORT_HSTS_SECONDS must be a whole number of seconds.');
  return Number(text);
};

/** Throws an Error that names what's wrong: then the app doesn't start. */
export const readHttpOptions = (env: NodeJS.ProcessEnv = process.env): HttpOptions => ({
  corsOrigins: listIn(env['RAPPORT_CORS_ORIGINS']).map(originIn),
  trustProxy: trustProxyIn(env['RAPPORT_TRUST_PROXY']),
  hstsSeconds: hstsIn(env['RAPPORT_HSTS_SECONDS']),
});
