import { describe, expect, it } from '@jest/globals';
import { ArrivingDeliveries, MOST_ARRIVING, MOST_ARRIVING_OF_ONE } from './arriving-deliveries.js';

const fill = (arriving: ArrivingDeliveries<string>, network: string, count: number): boolean[] =>
  Array.from({ length: count }, (_, n) => arriving.begin(`${network}/${n}`, network));

describe('Deliveries on their way', () => {
  it('of one network leave room for those of others', () => {
    const arriving = new ArrivingDeliveries<string>();
    expect(new Set(fill(arriving, 'a', MOST_ARRIVING_OF_ONE))).toEqual(new Set([true]));
    expect(arriving.begin('a/more', 'a')).toBe(false);
    expect(arriving.begin('b/0', 'b')).toBe(true);
    arriving.end('a/0');
    expect(arriving.begin('a/more', 'a')).toBe(true);
  });

  it('are bounded over all networks', () => {
    const arriving = new ArrivingDeliveries<string>();
    const networks = Array.from({ length: MOST_ARRIVING }, (_, n) => `network ${n}`);
    for (const network of networks) expect(arriving.begin(network, network)).toBe(true);
    expect(arriving.begin('more', 'another network')).toBe(false);
  });

  it('end once, however often it is said, and also where they never began', () => {
    const arriving = new ArrivingDeliveries<string>();
    fill(arriving, 'a', MOST_ARRIVING_OF_ONE);
    arriving.end('a/0');
    arriving.end('a/0');
    arriving.end('another');
    expect([arriving.begin('a/x', 'a'), arriving.begin('a/y', 'a')]).toEqual([true, false]);
  });
});
