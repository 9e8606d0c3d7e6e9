/** Where the time comes from. Injected, so that tests and replays own it. */
export interface Clock {
  now(): Date;
}

/** For injection of the Clock, so that tests own the time. */
export const CLOCK = Symbol('Clock');

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it's told to move. */
export class FixedClock implements Clock {
  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  /** Moves the clock; negative values move it back. */
  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}
