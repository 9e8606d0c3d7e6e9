import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlockList, isIPv4 } from 'node:net';
import { addressOf, networkOf } from './address.js';
import { AddressRanges } from './address-ranges.js';

const wrongForm = 'must be a network, as 192.0.2.0/24 or 2001:db8::/32, or an address';

describe('An address', () => {
  it.each([
    ['192.0.2.7', '::ffff:192.0.2.7'],
    ['192.0.2.7', '::FFFF:C000:207'],
    ['2001:db8::1', '2001:0db8:0000:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['1::', '1:0:0:0:0:0:0:0'],
  ])('%s is %s', (one, other) => {
    expect(addressOf(one)).toBeDefined();
    expect(addressOf(one)).toBe(addressOf(other));
  });

  it.each(['', 'unknown', '[erased]', '192.0.2', '192.0.2.256', '192.0.2.7:443', '2001:db8::1::', 'fe80::1%eth0'])(
    'is not %j',
    (text) => expect(addressOf(text)).toBeUndefined(),
  );
});

describe('A network', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0', '192.0.2.255'],
    ['192.0.2.7', '192.0.2.7', '192.0.2.7'],
    ['17.0.0.0/8', '17.0.0.0', '17.255.255.255'],
    ['::ffff:192.0.2.0/120', '192.0.2.0', '192.0.2.255'],
    ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s is from %s to %s', (text, first, last) => {
    expect(networkOf(text)).toEqual({ ok: true, value: { first: addressOf(first), last: addressOf(last) } });
  });

  it.each([
    ['', wrongForm],
    ['example.org', wrongForm],
    ['192.0.2.0/', wrongForm],
    ['192.0.2.0/33', wrongForm],
    ['2001:db8::/129', wrongForm],
    ['192.0.2.0 - 192.0.2.9', wrongForm],
    ['192.0.2.7/24', "isn't where a network of /24 begins"],
    ['0.0.0.0/0', "is wider than any provider's network"],
    ['16.0.0.0/7', "is wider than any provider's network"],
    ['::/0', "is wider than any provider's network"],
    ['::ffff:0:0/96', "is wider than any provider's network"],
    ['::/64', "is wider than any provider's network"],
  ])('is not %j: %s', (text, error) => expect(networkOf(text)).toEqual({ ok: false, error }));
});

describe('Ranges of addresses', () => {
  // Few first bits, so that networks meet and overlap, and addresses are in them.
  const near = fc.oneof(
    fc.nat(0xfff).map((n) => `10.0.${n >> 8}.${n & 0xff}`),
    fc.nat(0xfff).map((n) => `2001:db8::${n.toString(16)}`),
  );
  const network = fc.tuple(near, fc.integer({ min: 0, max: 10 })).map(([address, free]) => {
    const bits = isIPv4(address) ? 32 : 128;
    const first = ((addressOf(address) ?? 0n) >> BigInt(free)) << BigInt(free);
    const start = isIPv4(address)
      ? `10.0.${Number((first >> 8n) & 0xffn)}.${Number(first & 0xffn)}`
      : `2001:db8::${(first & 0xffffn).toString(16)}`;
    return { start, prefix: bits - free, family: isIPv4(address) ? ('ipv4' as const) : ('ipv6' as const) };
  });

  it('have the addresses that are in one of the networks, and no other', () => {
    fc.assert(
      fc.property(fc.array(network, { maxLength: 20 }), fc.array(near, { minLength: 20 }), (networks, addresses) => {
        const list = new BlockList();
        for (const { start, prefix, family } of networks) list.addSubnet(start, prefix, family);
        const ranges = new AddressRanges(
          networks.flatMap(({ start, prefix }) => {
            const range = networkOf(`${start}/${prefix}`);
            return range.ok ? [range.value] : [];
          }),
        );
        for (const address of addresses)
          expect(ranges.has(addressOf(address) ?? 0n)).toBe(list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'));
      }),
    );
  });
});
