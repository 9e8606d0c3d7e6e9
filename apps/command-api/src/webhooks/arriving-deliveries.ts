/** In this process, each of at most 1 MiB. */
export const MOST_ARRIVING = 256;
/** Of one network. */
export const MOST_ARRIVING_OF_ONE = 64;

/**
 * Deliveries whose bodies are still on their way, before anybody knows who sends them: one network that sends them slowly, or
 * not at all, takes nobody else's place.
 */
export class ArrivingDeliveries<Delivery> {
  private readonly networks = new Map<Delivery, string>();
  private readonly counts = new Map<string, number>();

  /** False where there are too many. */
  begin(delivery: Delivery, network: string): boolean {
    const own = this.counts.get(network) ?? 0;
    if (this.networks.size >= MOST_ARRIVING || own >= MOST_ARRIVING_OF_ONE) return false;
    this.networks.set(delivery, network);
    this.counts.set(network, own + 1);
    return true;
  }

  /** Of one that ended already, or never began, too. */
  end(delivery: Delivery): void {
    const network = this.networks.get(delivery);
    if (network === undefined) return;
    this.networks.delete(delivery);
    const left = (this.counts.get(network) ?? 0) - 1;
    if (left > 0) this.counts.set(network, left);
    else this.counts.delete(network);
  }
}
