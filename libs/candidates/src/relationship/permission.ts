import type { DomainEvent, StoredEvent } from '#libs/kernel';
import type { CandidateEvent, ConsentGiven, ConsentWithdrawn, EngagementEvent } from '../events/index.js';
import { covers, type Occasion, type Scope } from './consent.js';

/**
 * Raised with every change of whom `mayContact` lets be contacted when: then watches over segments that ask for consent begin
 * anew, as nobody came or went for it.
 */
export const CONSENT_RULES = 1;

type Dated<T> = T & { /** ISO 8601, when it happened. */ readonly at: string };

/** What takes back what was given up to then. */
type TakenBack<T> = Dated<T> & {
  /** ISO 8601, only where no more than the day is known: its last millisecond. `at` is its first. */
  readonly dayEnd?: string;
};

/**
 * What was ever said about being contacted, with when. Only grows; the order of the lists says nothing, so that it's the same
 * for any order in which events arrive.
 */
export interface ContactLedger {
  readonly given: readonly Dated<ConsentGiven>[];
  readonly withdrawn: readonly TakenBack<ConsentWithdrawn>[];
  /** By unsubscribing from email, or asking for it in a reply: from a topic, or from all. */
  readonly unsubscribed: readonly TakenBack<{ readonly topic?: string }>[];
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

/** The types of the events that say something about being contacted; of replies, few do. */
export const ledgerEventTypes = [
  'candidate.consent-given',
  'candidate.consent-withdrawn',
  'candidate.do-not-contact-set',
  'candidate.do-not-contact-lifted',
  'candidate.snoozed',
  'candidate.snooze-ended',
  'email.unsubscribed',
  'email.replied',
  'email.complained',
] as const satisfies readonly (CandidateEvent | EngagementEvent)['type'][];

export type LedgerEvent = Extract<CandidateEvent | EngagementEvent, { type: (typeof ledgerEventTypes)[number] }>;

const types = new Set<string>(ledgerEventTypes);

const wantsNoMore = ({ data }: Extract<LedgerEvent, { type: 'email.replied' }>): boolean =>
  data.sentiment === 'unsubscribe';

/** Whether somebody asks for no more emails by it: by unsubscribing, or in a reply. */
export const unsubscribes = (event: DomainEvent): boolean => {
  const one = event as LedgerEvent;
  return one.type === 'email.unsubscribed' || (one.type === 'email.replied' && wantsNoMore(one));
};

/** Whether an event says something about being contacted. A reply does if it asks for no more emails. */
export const isAboutContact = <E extends DomainEvent>(event: E): event is E & LedgerEvent => {
  if (!types.has(event.type)) return false;
  const one = event as DomainEvent as LedgerEvent;
  return one.type !== 'email.replied' || wantsNoMore(one);
};

type When = Pick<StoredEvent, 'occurredAt' | 'timePrecision'>;

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

const DAY = 86_400_000;

/** When something was taken back: somewhere in the day, where no more than that is known. */
const takenBack = ({ occurredAt, timePrecision }: When): { readonly at: string; readonly dayEnd?: string } => {
  const at = occurredAt.toISOString();
  if (timePrecision !== 'day') return { at };
  const nextDay = (Math.floor(occurredAt.getTime() / DAY) + 1) * DAY;
  return { at, dayEnd: new Date(nextDay - 1).toISOString() };
};

/** Takes an event in. */
export const entered = (ledger: ContactLedger, event: LedgerEvent & When): ContactLedger => {
  const at = event.occurredAt.toISOString();
  switch (event.type) {
    case 'candidate.consent-given': {
      const { expiresAt, ...terms } = event.data;
      const ends = expiresAt === undefined ? {} : { expiresAt: utc(expiresAt) };
      return { ...ledger, given: insert(ledger.given, { ...terms, ...ends, at }) };
    }
    case 'candidate.consent-withdrawn':
      return { ...ledger, withdrawn: insert(ledger.withdrawn, { ...event.data, ...takenBack(event) }) };
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
      const named = topic === undefined ? {} : { topic };
      return { ...ledger, unsubscribed: insert(ledger.unsubscribed, { ...named, ...takenBack(event) }) };
    }
    // Said in words, not by a link: it's meant of everything.
    case 'email.replied':
      return wantsNoMore(event) ? { ...ledger, unsubscribed: insert(ledger.unsubscribed, takenBack(event)) } : ledger;
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
 * The consent that an occasion rests on: the latest that hasn't run out, and only where all have, one of those. Newest terms
 * about a topic stand in the place of older ones about it; beside those about anything they stand, and end by themselves.
 */
const consentFor = (ledger: ContactLedger, occasion: Occasion, now: string): Dated<ConsentGiven> | undefined => {
  const given = ledger.given.filter((one) => one.at <= now && covers(one, occasion));
  const newest = new Map(given.map((one) => [one.topic, one]));
  const standing = given.filter((one) => newest.get(one.topic) === one);
  return standing.findLast(({ expiresAt }) => expiresAt === undefined || expiresAt > now) ?? standing.at(-1);
};

/**
 * Whether somebody may be contacted at an instant, by what was said up to it; and whatever stands in the way. What was said
 * last counts: a consent given after unsubscribing holds, one from before doesn't. What's told with a date only is taken
 * back from that day's beginning on, whatever was given until its end. A spam report and do-not-contact stand whatever was
 * given later; only lifting ends the latter.
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

  const consent = consentFor(ledger, occasion, now);
  const since = consent?.at ?? '';
  const takesBack = (one: TakenBack<Scope>): boolean => covers(one, occasion) && (one.dayEnd ?? one.at) >= since;
  const withdrawal = latest(ledger.withdrawn, now, takesBack);
  const unsubscribed = occasion.channel === 'email' ? latest(ledger.unsubscribed, now, takesBack) : undefined;
  if (unsubscribed) obstacles.push({ code: 'unsubscribed', since: unsubscribed.at });
  if (withdrawal) obstacles.push({ code: 'consent-withdrawn', since: withdrawal.at });
  if (!consent && !withdrawal) obstacles.push({ code: 'no-consent' });
  if (consent?.expiresAt !== undefined && consent.expiresAt <= now)
    obstacles.push({ code: 'consent-expired', since: consent.expiresAt });
  return { allowed: obstacles.length === 0, obstacles, ...(consent ? { consent } : {}) };
};
