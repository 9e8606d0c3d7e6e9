import type { ObservedFact } from './facts.js';

/** Nobody opens three links of a message within two seconds; gateways open all of them. */
const LINKS_WINDOW_MILLISECONDS = 2_000;
const MOST_LINKS_OF_A_HUMAN = 2;

/** craft-campaign#546 counted 836 clusters of at least 5 clicks within 1 s, 97.4 % of them later than 20 s after sending. */
const CLICKS_WINDOW_MILLISECONDS = 1_000;
const MOST_CLICKS_OF_A_HUMAN = 4;

const looksLikeUnsubscribing = (url: string | undefined): boolean =>
  url !== undefined && /unsubscribe|opt-?out|abmelden|desinscri/i.test(url);

export type BurstReason = 'many-links-at-once' | 'many-clicks-at-once' | 'unsubscribe-link-too';

/** A stretch of acts, none later than the window after the first, for each act that could be its first. */
const stretches = (facts: readonly ObservedFact[], milliseconds: number): ObservedFact[][] =>
  facts.map((first) => facts.filter(({ at }) => at >= first.at && at - first.at <= milliseconds));

/**
 * Clicks that came in a shape that no hand makes, by their event ids: judged by the whole burst, afterwards, because the
 * first of its clicks looks like any other.
 */
export const burstsOf = (facts: readonly ObservedFact[]): ReadonlyMap<string, ReadonlySet<BurstReason>> => {
  const found = new Map<string, Set<BurstReason>>();
  const mark = (members: readonly ObservedFact[], reason: BurstReason): void => {
    for (const { eventId, kind } of members)
      if (kind === 'clicked') found.set(eventId, (found.get(eventId) ?? new Set()).add(reason));
  };
  const clicks = facts.filter(({ kind }) => kind === 'clicked');
  const hits = facts.filter(({ kind }) => kind === 'clicked' || kind === 'unsubscribed');
  for (const stretch of stretches(hits, LINKS_WINDOW_MILLISECONDS)) {
    const links = new Set(stretch.flatMap(({ url }) => (url === undefined || url === '[erased]' ? [] : [url])));
    if (links.size > MOST_LINKS_OF_A_HUMAN) mark(stretch, 'many-links-at-once');
    // Whoever unsubscribes by hand clicked the link to it, whatever that's called: a report that they did stands for one.
    const reported = stretch.some(({ kind }) => kind === 'unsubscribed') ? 1 : 0;
    const unsubscribes = Math.max([...links].filter(looksLikeUnsubscribing).length, reported);
    if (unsubscribes > 0 && unsubscribes < links.size) mark(stretch, 'unsubscribe-link-too');
  }
  for (const stretch of stretches(clicks, CLICKS_WINDOW_MILLISECONDS))
    if (stretch.length > MOST_CLICKS_OF_A_HUMAN) mark(stretch, 'many-clicks-at-once');
  return found;
};
