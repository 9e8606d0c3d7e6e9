import { closed, laterVersion, oneOf, opaqueId, unchanged } from '#libs/event-fields';
import { Type } from 'typebox';
import type { EventOf } from '#libs/kernel';

/** What a classifier makes of an act that a provider reported: `unknown` where the evidence doesn't say. */
export const verdicts = ['human', 'machine', 'unknown'] as const;
export type AgentVerdict = (typeof verdicts)[number];

/**
 * What was found out afterwards about who did something: the event `eventId` of the same stream. The newest of a fact
 * counts, the reported `agent` where there's none. `reasons` are codes of libs/classification, strongest first;
 * `networks` is the edition of the lists of networks that addresses were looked up in, absent where there were none.
 */
export const engagementClassified = laterVersion(
  'engagement.classified',
  closed({
    eventId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    verdict: oneOf(verdicts),
    classifierVersion: Type.Integer({ minimum: 1 }),
    reasons: Type.Array(opaqueId(), { maxItems: 20 }),
    networks: Type.Optional(Type.String({ pattern: '^[0-9a-f]{12}$' })),
  }),
  { 1: unchanged },
);

export const classificationEventDefinitions = [engagementClassified] as const;
export type ClassificationEvent = EventOf<typeof engagementClassified>;
/** The data of a verdict. */
export type Classified = ClassificationEvent['data'];
