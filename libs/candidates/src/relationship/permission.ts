import type { CandidateEvent, ConsentGiven, ConsentWithdrawn, EngagementEvent } from '../events/index.js';
import { covers, type Occasion } from './consent.js';

type Dated<T> = T & { /** ISO 8601, when it happened. */ readonly at: string };

/**
 * What was ever said about being contacted, with when. Only grows; the order of the lists says nothing, so that it's the same
 * for any order in which events arrive.
 */
export interface ContactLedger {
  readonly given: readonly Dated<ConsentGiven>[];
  readonly withdrawn: readonly Dated<ConsentWithdrawn>[];
  /** By unsubscribing from email: from a topic, or from all. */
  readonly unsubscribed: readonly Dated<{ readonly topic?: string }>[];
  /** Emails reported as spam. */
  readonly complained: readonly Dated<object>[];
  readonly doNotContact: readonly Dated<{ readonly set: boolean; readonly reason?: string }>[];
  /** Until when; null ends a snooze early. */
  readonly snoozed: readonly Dated<{ readonly until: string | null }>[];
}

export const emptyLedger: ContactLedger = {
  given: [],
  withdrawn: [],
  unsubscribed: [],
  complained: [],
  doNotContact: [],
  snoozed: [],
};

/** The events that say something about being contacted. */
export const ledgerEventTypes = [
  'candidate.consent-given',
  'candidate.consent-withdrawn',
  'candidate.do-not-contact-set',
  'candidate.do-not-contact-lifted',
  'candidate.snoozed',
  'candidate.snooze-ended',
  'email.unsubscribed',
  'email.complained',
] as const satisfies readonly (CandidateEvent | EngagementEvent)['type'][];

type LedgerEvent = Extract<CandidateEvent | EngagementEvent, { type: (typeof ledgerEventTypes)[number] }>;

/** Equal for equal values, whatever the order of their fields: a database gives them back in one of its own. */
const orderOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner,
  );

/** By time, and equal times by what was said: not by who came first. */
const insert = <T extends { readonly at: string }>(list: readonly T[], item: T): T[] =>
  [...list, item].sort((a, b) => (a.at === b.at ? (orderOf(a) < orderOf(b) ? -1 : 1) : a.at < b.at ? -1 : 1));

/** As every other time here, so that they compare as texts: a writer may leave the milliseconds out. */
const utc = (instant: string): string => new Date(instant).toISOString();

/** Takes an event in. */
export const entered = (ledger: ContactLedger, event: LedgerEvent, occurredAt: Date): ContactLedger => {
  const at = occurredAt.toISOString();
  switch (event.type) {
    case 'candidate.consent-given': {
      const { expiresAt, ...terms } = event.data;
      const ends = expiresAt === undefined ? {} : { expiresAt: utc(expiresAt) };
      return { ...ledger, given: insert(ledger.given, { ...terms, ...ends, at }) };
    }
    case 'candidate.consent-withdrawn':
      return { ...ledger, withdrawn: insert(ledger.withdrawn, { ...event.data, at }) };
    case 'candidate.do-not-contact-set':
      return { ...ledger, doNotContact: insert(ledger.doNotContact, { set: true, reason: event.data.reason, at }) };
    case 'candidate.do-not-contact-lifted':
      return { ...ledger, doNotContact: insert(ledger.doNotContact, { set: false, at }) };
    case 'candidate.snoozed':
      return { ...ledger, snoozed: insert(ledger.snoozed, { until: utc(event.data.until), at }) };
    case 'candidate.snooze-ended':
      return { ...ledger, snoozed: insert(ledger.snoozed, { until: null, at }) };
    case 'email.unsubscribed': {
      const { topic } = event.data;
      return { ...ledger, unsubscribed: insert(ledger.unsubscribed, topic === undefined ? { at } : { topic, at }) };
    }
    case 'email.complained':
      return { ...ledger, complained: insert(ledger.complained, { at }) };
  }
};

/** Why somebody may not be contacted. */
export type Obstacle =
  'do-not-contact' | 'complained' | 'snoozed' | 'unsubscribed' | 'consent-withdrawn' | 'consent-expired' | 'no-consent';

export interface Permission {
  readonly allowed: boolean;
  /** What stands in the way, the gravest first; none if it's allowed. `since` ISO 8601; `until` where it passes by itself. */
  readonly obstacles: readonly { readonly code: Obstacle; readonly since?: string; readonly until?: string }[];
  /** The consent that it rests on. */
  readonly consent?: Dated<ConsentGiven>;
}

const latest = <T extends { readonly at: string }>(
  list: readonly T[],
  at: string,
  fits: (item: T) => boolean,
): T | undefined => list.findLast((item) => item.at <= at && fits(item));

const always = (): boolean => true;

/**
 * Whether somebody may be contacted at an instant, by what was said up to it; and whatever stands in the way. What was said
 * last counts: a consent given after unsubscribing holds, one from before doesn't. A spam report and do-not-contact stand
 * whatever was given later; only lifting ends the latter.
 */
export const mayContact = (ledger: ContactLedger, occasion: Occasion, at: Date): Permission => {
  const now = at.toISOString();
  const obstacles: { code: Obstacle; since?: string; until?: string }[] = [];
  const doNotContact = latest(ledger.doNotContact, now, always);
  if (doNotContact?.set) obstacles.push({ code: 'do-not-contact', since: doNotContact.at });
  const complaint = occasion.channel === 'email' ? ledger.complained.find((one) => one.at <= now) : undefined;
  if (complaint) obstacles.push({ code: 'complained', since: complaint.at });
  const snooze = latest(ledger.snoozed, now, always);
  if (snooze?.until && snooze.until > now) obstacles.push({ code: 'snoozed', since: snooze.at, until: snooze.until });

  const consent = latest(ledger.given, now, (one) => covers({ ...one, topic: one.topic }, occasion));
  const since = consent?.at ?? '';
  const withdrawal = latest(ledger.withdrawn, now, (one) => covers(one, occasion) && one.at >= since);
  const unsubscribed =
    occasion.channel === 'email'
      ? latest(ledger.unsubscribed, now, (one) => covers({ topic: one.topic }, occasion) && one.at >= since)
      : undefined;
  if (unsubscribed) obstacles.push({ code: 'unsubscribed', since: unsubscribed.at });
  if (withdrawal) obstacles.push({ code: 'consent-withdrawn', since: withdrawal.at });
  if (!consent && !withdrawal) obstacles.push({ code: 'no-consent' });
  if (consent?.expiresAt !== undefined && consent.expiresAt <= now)
    obstacles.push({ code: 'consent-expired', since: consent.expiresAt });
  return { allowed: obstacles.length === 0, obstacles, ...(consent ? { consent } : {}) };
};
