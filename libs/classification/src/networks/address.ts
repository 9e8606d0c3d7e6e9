import { err, ok, type Result } from '#libs/kernel';
import { isIPv4, isIPv6 } from 'node:net';

/** Addresses from the first to the last, both included, as numbers of 128 bits. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = 128;
/** What IPv6 puts before an address of IPv4, `::ffff:0:0/96`: the numbers of IPv4 are those from here on. */
const MAPPED = 0xff_ff_00_00_00_00n;
const MAPPED_BITS = 96;

/** The widest networks that are taken, /8 of IPv4 and /16 of IPv6. What's wider is a slip that would have everybody. */
const WIDEST_IPV4 = MAPPED_BITS + 8;
const WIDEST_IPV6 = 16;

const ofIPv4 = (text: string): bigint => text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);

const groupsOf = (text: string): bigint[] =>
  text.split(':').flatMap((group) => {
    if (group === '') return [];
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const ending = ofIPv4(group);
    return [ending >> 16n, ending & 0xff_ffn];
  });

const ofIPv6 = (text: string): bigint => {
  const [before = [], after = []] = text.split('::').map(groupsOf);
  const zeros = Array.from({ length: BITS / 16 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) | group, 0n);
};

/** An address as a number of 128 bits, that of IPv4 as IPv6 maps it, so that both notations are one; undefined for what's none. */
export const addressOf = (text: string): bigint | undefined => {
  if (isIPv4(text)) return MAPPED | ofIPv4(text);
  // A zone says which of its own networks a machine means.
  return isIPv6(text) && !text.includes('%') ? ofIPv6(text) : undefined;
};

/** A network in CIDR notation, or one address. The error says what's wrong and doesn't repeat the text. */
export const networkOf = (text: string): Result<AddressRange, string> => {
  const [, address = '', length] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const first = addressOf(address);
  const before = isIPv4(address) ? MAPPED_BITS : 0;
  const prefix = before + Number(length ?? BITS - before);
  if (first === undefined || prefix > BITS)
    return err('must be a network, as 192.0.2.0/24 or 2001:db8::/32, or an address');
  const rest = (1n << BigInt(BITS - prefix)) - 1n;
  if ((first & rest) !== 0n) return err(`isn't where a network of /${length} begins`);
  const last = first | rest;
  const hasIPv4 = last >= MAPPED && first >> 32n <= MAPPED >> 32n;
  if (prefix < (hasIPv4 ? WIDEST_IPV4 : WIDEST_IPV6)) return err("is wider than any provider's network");
  return ok({ first, last });
};
