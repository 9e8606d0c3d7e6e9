import type { Channel, Purpose } from '../events/index.js';

/** What a message would be for. Without a topic: about anything that serves the purpose. */
export interface Occasion {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly topic?: string | undefined;
}

/** What was said about. */
export interface Scope {
  readonly purpose?: Purpose | undefined;
  readonly channel?: Channel | undefined;
  readonly topic?: string | undefined;
}

/** Whether what was said in such terms is about the occasion: what isn't named is meant as a whole. */
export const covers = (scope: Scope, occasion: Occasion): boolean =>
  (scope.purpose === undefined || scope.purpose === occasion.purpose) &&
  (scope.channel === undefined || scope.channel === occasion.channel) &&
  (scope.topic === undefined || scope.topic === occasion.topic);
