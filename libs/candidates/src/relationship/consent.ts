import type { Channel, ConsentGiven, ConsentWithdrawn, Purpose } from '../events/index.js';
import { sameJson } from '../candidate/same-json.js';

/** What a message would be for. Without a topic: about anything that serves the purpose. */
export interface Occasion {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly topic?: string | undefined;
}

interface Scope {
  readonly purpose?: Purpose | undefined;
  readonly channel?: Channel | undefined;
  readonly topic?: string | undefined;
}

/** Whether what was said in such terms is about the occasion: what isn't named is meant as a whole. */
export const covers = (scope: Scope, occasion: Occasion): boolean =>
  (scope.purpose === undefined || scope.purpose === occasion.purpose) &&
  (scope.channel === undefined || scope.channel === occasion.channel) &&
  (scope.topic === undefined || scope.topic === occasion.topic);

/** Whether withdrawing in these terms takes this consent back. A topic that's taken out of a general consent narrows it, and leaves it. */
export const withdraws = (withdrawal: ConsentWithdrawn, consent: ConsentGiven): boolean => covers(withdrawal, consent);

/** The same consent on the same terms: giving it again changes nothing. */
export const isSameConsent = (a: ConsentGiven, b: ConsentGiven): boolean => sameJson(a, b);

/** Whether one stands in the place of the other. */
export const isAboutTheSame = (a: ConsentGiven, b: ConsentGiven): boolean =>
  a.purpose === b.purpose && a.channel === b.channel && a.topic === b.topic;

/** The consents that hold after these were given, newest terms in the place of older ones. */
export const withConsent = (held: readonly ConsentGiven[], given: ConsentGiven): ConsentGiven[] => [
  ...held.filter((one) => !isAboutTheSame(one, given)),
  given,
];

export const withoutConsent = (held: readonly ConsentGiven[], withdrawal: ConsentWithdrawn): ConsentGiven[] =>
  held.filter((one) => !withdraws(withdrawal, one));
