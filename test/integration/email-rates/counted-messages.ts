import { verdictsOf } from '#libs/candidates';
import { peopleOf, survivorOf, type Merge } from '#libs/identity';
import { ERASED, type DomainEvent, type StoredEvent } from '#libs/kernel';
import type { EmailRateDimension } from '#projections/timeline';

export interface Moment {
  readonly asOf?: Date;
  readonly asOfPosition?: bigint;
}

export interface Asked extends Moment {
  readonly from: Date;
  readonly to: Date;
  readonly by: readonly EmailRateDimension[];
}

interface EmailData {
  readonly messageId?: string;
  readonly campaignId?: string;
  readonly agent?: string;
  readonly sentiment?: string;
}

type Counts = Readonly<Record<string, number>>;

const dataOf = (event: StoredEvent): EmailData => event.data as EmailData;
const endings = new Set(['email.delivered', 'email.bounced']);
const ends = ({ type, timePrecision }: StoredEvent): boolean => endings.has(type) && timePrecision !== 'unknown';
const byTime = (a: StoredEvent, b: StoredEvent): number => a.occurredAt.getTime() - b.occurredAt.getTime();

const nameOf = (event: StoredEvent): string => {
  const { messageId, campaignId } = dataOf(event);
  if (messageId !== undefined && messageId !== ERASED) return `m ${messageId}`;
  return campaignId === undefined ? `d ${event.occurredAt.toISOString().slice(0, 10)}` : `c ${campaignId}`;
};

const mergesIn = (events: readonly StoredEvent[]): Merge[] => {
  const undone = new Set(
    events.filter(({ type }) => type === 'identity.unmerged').map(({ data }) => (data as Merge).mergeId),
  );
  return events
    .filter(({ type, data }) => type === 'identity.merged' && !undone.has((data as Merge).mergeId))
    .map(({ data }) => data as Merge);
};

const countsOf = (message: readonly StoredEvent[], agentOf: (event: StoredEvent) => string | undefined): Counts => {
  const has = (...types: string[]): boolean => message.some(({ type }) => types.includes(type));
  const foremost = (type: string): string | undefined => {
    const who = message.filter((event) => event.type === type).map(agentOf);
    return ['human', 'unknown', 'machine'].find((agent) => who.includes(agent));
  };
  const delivered = has('email.delivered');
  const [opened, clicked] = [foremost('email.opened'), foremost('email.clicked')];
  const noMore = message.some((event) => event.type === 'email.replied' && dataOf(event).sentiment === 'unsubscribe');
  const facts = {
    messages: true,
    delivered,
    bounced: has('email.bounced'),
    ...Object.fromEntries(
      ['human', 'unknown', 'machine'].flatMap((agent) => [
        [`opened ${agent}`, delivered && opened === agent],
        [`clicked ${agent}`, delivered && clicked === agent],
      ]),
    ),
    engaged: delivered && (opened === 'human' || clicked === 'human'),
    replied: delivered && has('email.replied'),
    unsubscribed: delivered && (has('email.unsubscribed') || noMore),
    complained: delivered && has('email.complained'),
  };
  return Object.fromEntries(Object.entries(facts).map(([name, holds]) => [name, holds ? 1 : 0]));
};

const groupOf = (
  message: readonly StoredEvent[],
  endedAt: Date,
): Readonly<Record<EmailRateDimension, string | null>> => ({
  campaign: message.map((event) => dataOf(event).campaignId).find((id) => id !== undefined) ?? null,
  month: endedAt.toISOString().slice(0, 7),
  provider: message.filter(ends).toSorted(byTime)[0]?.source ?? null,
});

const added = (one: Counts | undefined, other: Counts): Counts =>
  Object.fromEntries(Object.entries(other).map(([name, count]) => [name, count + (one?.[name] ?? 0)]));

/** Events by what a function makes of each, in their order. */
const parted = (events: readonly StoredEvent[], by: (event: StoredEvent) => string): StoredEvent[][] => {
  const parts = new Map<string, StoredEvent[]>();
  for (const event of events) parts.set(by(event), [...(parts.get(by(event)) ?? []), event]);
  return [...parts.values()];
};

/** What rates count, of a whole history in the order of the log: by the values asked for between commas; what's counted of all under ''. */
export const countedMessages = (
  events: readonly StoredEvent[],
  { from, to, by, asOf, asOfPosition }: Asked,
): ReadonlyMap<string, Counts> => {
  const recorded = events.filter(({ position }) => asOfPosition === undefined || position.commit <= asOfPosition);
  const verdicts = verdictsOf(recorded as (StoredEvent & DomainEvent)[]);
  const happened = recorded.filter(({ occurredAt }) => asOf === undefined || occurredAt <= asOf);
  const people = peopleOf(mergesIn(happened));
  const emails = happened.filter(({ type }) => type.startsWith('email.'));
  const groups = new Map<string, Counts>();
  for (const message of parted(emails, (event) => `${survivorOf(people, event.subjectId ?? '')} ${nameOf(event)}`)) {
    const endedAt = message.filter(ends).toSorted(byTime)[0]?.occurredAt;
    if (!endedAt || endedAt < from || endedAt >= to) continue;
    const counts = countsOf(message, (event) => verdicts.get(event.id)?.verdict ?? dataOf(event).agent);
    const group = groupOf(message, endedAt);
    groups.set('', added(groups.get(''), counts));
    if (by.length === 0) continue;
    const key = by.map((dimension) => group[dimension] ?? '-').join(',');
    groups.set(key, added(groups.get(key), counts));
  }
  return groups;
};
