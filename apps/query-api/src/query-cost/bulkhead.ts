export interface BulkheadOptions {
  /** At work at the same time, of one caller. */
  readonly perCaller: number;
  /** At work at the same time, of all callers. */
  readonly total: number;
  /** Waiting, of one caller. */
  readonly waitingPerCaller: number;
  /** How long one waits before it's refused. */
  readonly waitMilliseconds: number;
}

/** Why one isn't let in: its caller has too many waiting, or it waited too long. */
export class BulkheadFullError extends Error {
  constructor(readonly reason: 'crowded' | 'waited') {
    super(reason === 'crowded' ? 'Too many are waiting.' : 'It waited too long.');
    this.name = 'BulkheadFullError';
  }
}

interface Waiting {
  readonly caller: string;
  readonly enter: () => void;
}

/**
 * Keeps one caller from taking all that callers share: each may have only so much at work, the rest of its work waits
 * in order while others' goes past.
 */
export class Bulkhead {
  private readonly working = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private total = 0;

  constructor(private readonly options: BulkheadOptions) {}

  /** Resolves once there's room, with what has to be called when the work is done. Rejects with BulkheadFullError. */
  enter(caller: string): Promise<() => void> {
    if (this.hasRoom(caller)) return Promise.resolve(this.admit(caller));
    const crowd = this.waiting.filter((other) => other.caller === caller).length;
    if (crowd >= this.options.waitingPerCaller) return Promise.reject(new BulkheadFullError('crowded'));
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        caller,
        enter: () => {
          clearTimeout(bound);
          resolve(this.admit(caller));
        },
      };
      const bound = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(place), 1);
        reject(new BulkheadFullError('waited'));
      }, this.options.waitMilliseconds);
      this.waiting.push(place);
    });
  }

  private hasRoom(caller: string): boolean {
    return this.total < this.options.total && (this.working.get(caller) ?? 0) < this.options.perCaller;
  }

  private admit(caller: string): () => void {
    this.total += 1;
    this.working.set(caller, (this.working.get(caller) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.leave(caller);
    };
  }

  private leave(caller: string): void {
    this.total -= 1;
    const others = (this.working.get(caller) ?? 1) - 1;
    if (others === 0) this.working.delete(caller);
    else this.working.set(caller, others);
    const next = this.waiting.findIndex((place) => this.hasRoom(place.caller));
    if (next >= 0) this.waiting.splice(next, 1)[0]?.enter();
  }
}
