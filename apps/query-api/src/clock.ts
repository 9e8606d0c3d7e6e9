/** For injection of the Clock, which says what "now" is where a request doesn't. */
export const CLOCK = Symbol('Clock');
