/** For injection of the Clock, so that tests own the time. */
export const CLOCK = Symbol('Clock');
