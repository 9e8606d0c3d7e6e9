import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { closed, firstVersion } from '#libs/event-fields';

/**
 * What was said about being contacted is read by other rules from now on, those of a newer release. About nobody, on the one
 * stream `consent-rules`.
 */
export const consentRulesChanged = firstVersion(
  'consent-rules.changed',
  closed({ version: Type.Integer({ minimum: 2 }) }),
);

export const consentRulesEventDefinitions = [consentRulesChanged] as const;
export type ConsentRulesEvent = EventOf<(typeof consentRulesEventDefinitions)[number]>;
