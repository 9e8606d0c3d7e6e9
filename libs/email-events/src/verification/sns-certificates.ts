import type { Clock } from '#libs/kernel';
import { LRUCache } from 'lru-cache';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { WebhookUnavailableError } from '../email-provider.js';
import { snsAddress } from './sns-message.js';

/** Fetches text over https; rejects for anything but a 2xx answer. Only addresses at SNS are ever asked for. */
export type Fetcher = (url: URL) => Promise<string>;

const FETCH_MILLISECONDS = 5_000;
const LONGEST_ANSWER = 65_536;

/** No redirects: where the address leads was checked, where a redirect leads wasn't. */
export const fetchText: Fetcher = async (url) => {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MILLISECONDS) });
  if (!response.ok) throw new Error(`${url.hostname} answered ${response.status}.`);
  const text = await response.text();
  if (text.length > LONGEST_ANSWER) throw new Error(`${url.hostname} answered more than ${LONGEST_ANSWER} characters.`);
  return text;
};

/** SNS changes its certificate about once a year and signs with one a region. */
const KEPT = 50;
const KEPT_MILLISECONDS = 24 * 3_600_000;
/** Anybody may name addresses at SNS that have no certificate: we ask for one at most this often. */
const FAILED_MILLISECONDS = 60_000;

/** The certificates that SNS signs with, fetched from it and kept. */
export class SnsCertificates {
  private readonly kept = new LRUCache<string, Promise<X509Certificate>>({ max: KEPT, ttl: KEPT_MILLISECONDS });

  constructor(
    private readonly fetcher: Fetcher,
    private readonly clock: Clock,
  ) {}

  /**
   * The public key at an address; undefined where it isn't one of SNS's, or its certificate isn't valid now. Throws
   * WebhookUnavailableError where it can't be fetched.
   */
  async keyAt(address: string): Promise<KeyObject | undefined> {
    const url = snsAddress(address);
    if (!url || !url.pathname.endsWith('.pem') || url.search !== '' || url.hash !== '') return undefined;
    let certificate: X509Certificate;
    try {
      certificate = await this.certificate(url);
    } catch (error) {
      throw new WebhookUnavailableError('The certificate of Amazon SNS could not be fetched.', error);
    }
    const now = this.clock.now().getTime();
    const isValid = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
    return isValid ? certificate.publicKey : undefined;
  }

  private certificate(url: URL): Promise<X509Certificate> {
    const known = this.kept.get(url.href);
    if (known) return known;
    const fetched = this.fetcher(url).then((pem) => new X509Certificate(pem));
    this.kept.set(url.href, fetched);
    fetched.catch(() => this.kept.set(url.href, fetched, { ttl: FAILED_MILLISECONDS }));
    return fetched;
  }
}
