import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNetworks } from './read-networks.js';

describe('The lists of networks', () => {
  let folder = '';
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'networks-'));
    await writeFile(file('gateways.txt'), '203.0.113.0/28\n');
    await writeFile(file('cloud.txt'), '203.0.113.0/24\n198.51.100.0/25\n198.51.100.128/25\n');
    await writeFile(file('cloud.json'), '{"prefixes":[{"ipv4Prefix":"198.51.100.0/24"}]}');
    await writeFile(file('rest.txt'), '203.0.113.0/24\n');
    await writeFile(file('none.txt'), '# none\n');
    await writeFile(file('wrong.txt'), '203.0.113.0/24\n203.0.113.7/24\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const clouds = (...names: string[]) => readNetworks({ RAPPORT_DATA_CENTRE_NETWORKS: names.map(file).join(', ') });

  it('are none where no setting names any', () => {
    expect(readNetworks({})).toBeUndefined();
    expect(readNetworks({ RAPPORT_GATEWAY_NETWORKS: '', RAPPORT_DATA_CENTRE_NETWORKS: ' ' })).toBeUndefined();
  });

  it("tell gateways from the data centres that they're in, in either notation", () => {
    const networks = readNetworks({
      RAPPORT_GATEWAY_NETWORKS: file('gateways.txt'),
      RAPPORT_DATA_CENTRE_NETWORKS: file('cloud.txt'),
    });
    expect(networks?.kindOf('203.0.113.15')).toBe('gateway');
    expect(networks?.kindOf('::ffff:203.0.113.16')).toBe('data-centre');
    expect(networks?.kindOf('192.0.2.1')).toBeUndefined();
    expect(networks?.kindOf('somewhere')).toBeUndefined();
    expect(networks?.summary).toMatchObject({ gateways: 1, dataCentres: 2 });
  });

  it('are of one edition where they have the same addresses, and of others where not', () => {
    const edition = clouds('cloud.txt')?.edition;
    expect(edition).toMatch(/^[0-9a-f]{12}$/);
    expect(clouds('rest.txt', 'cloud.json')?.edition).toBe(edition);
    const others = [
      clouds('cloud.json'),
      clouds('none.txt'),
      readNetworks({ RAPPORT_GATEWAY_NETWORKS: file('cloud.txt') }),
    ];
    expect(new Set([edition, ...others.map((networks) => networks?.edition)]).size).toBe(4);
  });

  it('keep a process from starting where one is wrong, and say where, and no address', () => {
    expect(() => clouds('cloud.txt', 'wrong.txt')).toThrow(
      `RAPPORT_DATA_CENTRE_NETWORKS: in ${file('wrong.txt')}, line 2 isn't where a network of /24 begins.`,
    );
    expect(() => readNetworks({ RAPPORT_GATEWAY_NETWORKS: file('missing.txt') })).toThrow(
      `RAPPORT_GATEWAY_NETWORKS names ${file('missing.txt')}, which can't be read: ENOENT.`,
    );
  });
});
