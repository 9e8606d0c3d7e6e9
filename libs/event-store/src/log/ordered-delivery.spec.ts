import { describe, expect, it } from '@jest/globals';
import { OrderedDelivery } from './ordered-delivery.js';
import type { LogItem, RawEvent } from './raw-event.js';

const event = (n: number): LogItem => ({ kind: 'event', event: { revision: n } as RawEvent });
const checkpoint = (n: bigint): LogItem => ({ kind: 'checkpoint', position: { commit: n, prepare: n } });
const label = (item: LogItem): string =>
  item.kind === 'event' ? `e${item.event.revision}` : item.kind === 'checkpoint' ? `c${item.position.commit}` : 'live';

describe('Ordered delivery', () => {
  it('holds a checkpoint back until the events before it are delivered', () => {
    const seen: string[] = [];
    const delivery = new OrderedDelivery((item) => seen.push(label(item)));
    delivery.event(event(1));
    delivery.mark(checkpoint(3n), 2);
    delivery.event(event(2));
    delivery.event(event(3));
    delivery.event(event(4));
    expect(seen).toEqual(['e1', 'e2', 'e3', 'c3', 'e4']);
  });

  it('delivers at once what nothing is waiting before', () => {
    const seen: string[] = [];
    const delivery = new OrderedDelivery((item) => seen.push(label(item)));
    delivery.mark(checkpoint(1n), 0);
    delivery.mark({ kind: 'caught-up' }, 0);
    expect(seen).toEqual(['c1', 'live']);
  });
});
