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
/** Anybody may name addresses at SNS that have no certificate: we ask for one at most this often. SNS itself tries again after 20 s. */
const FAILED_MILLISECONDS = 5_000;

/** The certificates that SNS signs with, fetched from it and kept. */
export class SnsCertificates {
  private readonly kept: LRUCache<string, Promise<X509Certificate>>;
  /** What was fetched last, for when it can't be fetched again. */
  private readonly last = new LRUCache<string, X509Certificate>({ max: KEPT });

  constructor(
    private readonly fetcher: Fetcher,
    private readonly clock: Clock,
  ) {
    const perf = { now: () => clock.now().getTime() };
    // Each time it's asked, since the clock may be any.
    this.kept = new LRUCache({ max: KEPT, ttl: KEPT_MILLISECONDS, ttlResolution: 0, perf });
  }

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
    const usable = fetched.catch((error: unknown) => {
      const before = this.last.get(url.href);
      if (before) return before;
      throw error;
    });
    this.kept.set(url.href, usable);
    fetched.then(
      (certificate) => this.last.set(url.href, certificate),
      () => this.kept.set(url.href, usable, { ttl: FAILED_MILLISECONDS }),
    );
    return usable;
  }
}
