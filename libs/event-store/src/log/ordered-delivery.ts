import type { LogItem } from './raw-event.js';

/**
 * Keeps checkpoints and caught-up in their place. The client announces them when it parses them, while events that came
 * before may still wait in its read buffer; taken at once, a checkpoint would claim events that nobody has seen.
 */
export class OrderedDelivery {
  private delivered = 0;
  private readonly waiting: { afterEvents: number; item: LogItem }[] = [];

  constructor(private readonly deliver: (item: LogItem) => void) {}

  event(item: LogItem): void {
    this.delivered++;
    this.deliver(item);
    this.release();
  }

  /** @param buffered how many events were parsed before this item and not delivered yet */
  mark(item: LogItem, buffered: number): void {
    this.waiting.push({ afterEvents: this.delivered + buffered, item });
    this.release();
  }

  private release(): void {
    for (let next = this.waiting[0]; next && next.afterEvents <= this.delivered; next = this.waiting[0]) {
      this.waiting.shift();
      this.deliver(next.item);
    }
  }
}
