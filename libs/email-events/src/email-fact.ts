import type { EngagementEventType } from '#libs/candidates';
import { isAddress, text, type Json } from './json.js';

/** The events of a person's engagement that email providers report. */
export type EmailFactType = Extract<EngagementEventType, `email.${string}`>;

/** One thing that happened with one message and one recipient. */
export interface EmailFact {
  readonly type: EmailFactType;
  /** With `provider` and `recipient` it's what makes the fact the same fact: see docs/email-events.md for where a provider sends none. */
  readonly eventId: string;
  /** The address as the provider wrote it. */
  readonly recipient: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, string>>;
  /** Whether the provider says that a machine did it; absent where it says nothing. */
  readonly machineHint?: boolean;
}

/** Why a payload gives no fact. */
export type Unmapped = 'incomplete' | 'unknown-type' | 'ambiguous-recipient';

/** What one event of a provider means: facts, one a recipient, or the reason why there are none. */
export type Mapping =
  | { readonly kind: 'facts'; readonly facts: readonly EmailFact[] }
  | { readonly kind: 'unmapped'; readonly reason: Unmapped };

export const unmapped = (reason: Unmapped): Mapping => ({ kind: 'unmapped', reason });

/** Longest values that the events take, in characters; what's longer is cut, since a cut address of a link still says where it led. */
const LONGEST: Readonly<Record<string, number>> = {
  messageId: 500,
  campaignId: 100,
  ip: 60,
  userAgent: 2_000,
  url: 2_000,
  reason: 2_000,
  text: 20_000,
  subject: 500,
  topic: 100,
};
/** Fallback keys hold a link; only a digest of a key is ever stored. */
const MAX_EVENT_ID = 5_000;
const opaque = /^[^@\s]{1,100}$/;

/** Fields of an event's data: what's absent, empty or not text isn't there. */
export const dataOf = (fields: Readonly<Record<string, Json>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const found = text(value);
      if (found === undefined) return [];
      // These lie in the log in the clear: what could be an address isn't taken for one.
      if (name === 'campaignId' && !opaque.test(found)) return [];
      if (name === 'topic' && found.includes('@')) return [];
      return [[name, [...found].slice(0, LONGEST[name] ?? 100).join('')] as const];
    }),
  );

/** What a provider's event says about its facts; a part that's missing makes the whole incomplete. */
export interface Claims {
  readonly type: EmailFactType;
  readonly eventId: string | undefined;
  readonly recipients: readonly (string | undefined)[];
  readonly occurredAt: Date | undefined;
  /** Of all recipients, or of each. */
  readonly data: Readonly<Record<string, Json>> | ((recipient: string) => Readonly<Record<string, Json>>);
  readonly machineHint?: boolean | undefined;
}

/** One fact a recipient, where the event says who, when and which. */
export const factsOf = ({ type, eventId, recipients, occurredAt, data, machineHint }: Claims): Mapping => {
  const addresses = recipients.filter(isAddress);
  if (eventId === undefined || eventId.length > MAX_EVENT_ID || occurredAt === undefined) return unmapped('incomplete');
  // One recipient that can't be read: none is taken, so that a replay sees all of them.
  if (addresses.length === 0 || addresses.length < recipients.length) return unmapped('incomplete');
  return {
    kind: 'facts',
    facts: [...new Set(addresses)].map((recipient) => ({
      type,
      eventId,
      recipient,
      occurredAt,
      data: dataOf(typeof data === 'function' ? data(recipient) : data),
      ...(machineHint === undefined ? {} : { machineHint }),
    })),
  };
};
