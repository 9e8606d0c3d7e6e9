import { describe, expect, it } from '@jest/globals';
import { networkOf } from './address.js';
import { networksIn } from './network-list.js';

const ranges = (...networks: string[]) => ({
  ok: true,
  value: networks.map((text) => {
    const range = networkOf(text);
    return range.ok ? range.value : range.error;
  }),
});

const aws = {
  syncToken: '1772366400',
  createDate: '2026-03-01-12-00-00',
  prefixes: [{ ip_prefix: '192.0.2.0/25', region: 'eu-west-1', service: 'EC2', network_border_group: 'eu-west-1' }],
  ipv6_prefixes: [{ ipv6_prefix: '2001:db8:1::/56', region: 'eu-west-1', service: 'AMAZON' }],
};
const google = {
  syncToken: '1772366400000',
  creationTime: '2026-03-01T12:00:00',
  prefixes: [{ ipv4Prefix: '198.51.100.0/24', service: 'Google Cloud', scope: 'a' }, { ipv6Prefix: '2001:db8:2::/48' }],
};
const azure = {
  changeNumber: 372,
  cloud: 'Public',
  values: [
    { name: 'AzureCloud', properties: { platform: 'Azure', addressPrefixes: ['203.0.113.0/26', '2001:db8:3::/64'] } },
  ],
};

describe('A list of networks', () => {
  it('is one a line, with comments and empty lines', () => {
    const list = '\uFEFF# Gateways\r\n192.0.2.0/24 # north\r\n\r\n  2001:db8::/32\n203.0.113.9';
    expect(networksIn(list)).toEqual(ranges('192.0.2.0/24', '2001:db8::/32', '203.0.113.9'));
    expect(networksIn('# none yet\n')).toEqual(ranges());
    expect(networksIn('')).toEqual(ranges());
  });

  it.each([
    ['AWS', aws, ranges('192.0.2.0/25', '2001:db8:1::/56')],
    ['Google', google, ranges('198.51.100.0/24', '2001:db8:2::/48')],
    ['Azure', azure, ranges('203.0.113.0/26', '2001:db8:3::/64')],
  ])('is a document as %s publishes it', (_, document, expected) => {
    expect(networksIn(JSON.stringify(document, null, 2))).toEqual(expected);
  });

  it.each([
    ['a line', '192.0.2.0/24\n# two\nnorth', 'line 3', 'must be a network'],
    ['a line with more than a network', '192.0.2.0/24,DE', 'line 1', 'must be a network'],
    ['what is no JSON', '{"prefixes":[', 'the document', "isn't JSON"],
    ['a document of another form', '{"networks":["192.0.2.0/24"]}', 'the document', 'names no network under ip_prefix'],
    ['a place in a document', '{"prefixes":[{"ipv4Prefix":"192.0.2.1/24"}]}', 'prefixes[0].ipv4Prefix', 'begins'],
    ['a number', '{"values":[{"addressPrefixes":[7]}]}', 'values[0].addressPrefixes[0]', 'must be a network'],
  ])('is refused where it is wrong: %s', (_, list, where, what) => {
    expect(networksIn(list)).toMatchObject({
      ok: false,
      error: { where, what: expect.stringContaining(what) as unknown },
    });
  });
});
