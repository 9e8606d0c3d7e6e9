import { createHash } from 'node:crypto';
import { addressOf, type AddressRange } from './address.js';
import { AddressRanges } from './address-ranges.js';

/**
 * What's known of whoever comes from a network: of a `gateway`'s that it's a machine that examines messages; of a
 * `data-centre`'s that it's no home, office or phone, though people come by way of one: a desktop in the cloud, a VPN.
 */
export type NetworkKind = 'gateway' | 'data-centre';

const EDITION_DIGITS = 12;

/** The networks that an operator has lists of. */
export class KnownNetworks {
  private readonly gateways: AddressRanges;
  private readonly dataCentres: AddressRanges;
  /** Twelve hexadecimal digits that are the same for the same addresses, whatever files they're in, and others for others. */
  readonly edition: string;

  constructor(lists: { readonly gateways: readonly AddressRange[]; readonly dataCentres: readonly AddressRange[] }) {
    this.gateways = new AddressRanges(lists.gateways);
    this.dataCentres = new AddressRanges(lists.dataCentres);
    const hash = createHash('sha256');
    for (const [kind, { ranges }] of [['gateway', this.gateways] as const, ['data-centre', this.dataCentres] as const])
      for (const { first, last } of ranges) hash.update(`${kind} ${first.toString(16)}-${last.toString(16)}\n`);
    this.edition = hash.digest('hex').slice(0, EDITION_DIGITS);
  }

  /** What's known of an address; undefined where nothing is, and for what's no address. */
  kindOf(address: string): NetworkKind | undefined {
    const number = addressOf(address);
    if (number === undefined) return undefined;
    if (this.gateways.has(number)) return 'gateway';
    return this.dataCentres.has(number) ? 'data-centre' : undefined;
  }

  /** How many stretches of addresses it knows, and the edition: for whoever has to see that processes have the same lists. */
  get summary(): { readonly edition: string; readonly gateways: number; readonly dataCentres: number } {
    return {
      edition: this.edition,
      gateways: this.gateways.ranges.length,
      dataCentres: this.dataCentres.ranges.length,
    };
  }
}
