import { until as untilWithin } from '../support/until.js';

/** Longer than a catch-up of all events takes on a busy machine. */
const BOUND_MILLISECONDS = 300_000;

/** As every other wait for a state, only for longer. */
export const until = <T>(what: string, look: () => T | Promise<T>, withinMilliseconds = BOUND_MILLISECONDS) =>
  untilWithin(what, look, withinMilliseconds);
