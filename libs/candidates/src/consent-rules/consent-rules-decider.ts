import { ok, type Decider } from '#libs/kernel';
import type { ConsentRulesEvent } from '../events/consent-rules-events.js';

interface ConsentRules {
  readonly version: number;
}

/** Later rules are taken up once; an older release that runs beside a newer one takes nothing back. */
export const consentRulesDecider: Decider<ConsentRules, { readonly version: number }, ConsentRulesEvent> = {
  initial: { version: 1 },
  decide: ({ version }, known) =>
    ok(version > known.version ? [{ type: 'consent-rules.changed', data: { version } }] : []),
  evolve: (_, { data: { version } }) => ({ version }),
};
