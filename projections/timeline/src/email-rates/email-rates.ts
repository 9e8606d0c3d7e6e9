/** Who opened or clicked: by the verdict that counts, by what was reported where there's none. */
export const agents = ['human', 'unknown', 'machine'] as const;
export type Agent = (typeof agents)[number];

/** How many of how many. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** To six places; null of none. */
  readonly rate: number | null;
}

/** What share of the messages delivered were opened, or clicked in: by whom, each message once, and by anybody. */
export type ByAgent = Readonly<Record<Agent | 'anybody', Share>>;

export interface EmailRates {
  /** Messages that were delivered, or bounced, or both. */
  readonly messages: number;
  readonly delivered: Share;
  readonly bounced: Share;
  readonly opened: ByAgent;
  readonly clicked: ByAgent;
  /** Clicked in by a human, of those that a human opened or clicked in. */
  readonly clickToOpen: Share;
  readonly replied: Share;
  readonly unsubscribed: Share;
  readonly complained: Share;
}

/** Numbers of messages. All but the first two and `bounced` are of those delivered. */
export type MessageCounts = Readonly<
  Record<
    | 'messages'
    | 'delivered'
    | 'bounced'
    | `opened_${Agent}`
    | `clicked_${Agent}`
    | 'engaged'
    | 'replied'
    | 'unsubscribed'
    | 'complained',
    number
  >
>;

const MILLIONTHS = 1_000_000;
const share = (count: number, of: number): Share => ({
  count,
  of,
  rate: of === 0 ? null : Math.round((count / of) * MILLIONTHS) / MILLIONTHS,
});

const byAgent = (counts: MessageCounts, act: 'opened' | 'clicked'): ByAgent => {
  const of = (agent: Agent): number => counts[`${act}_${agent}`];
  return {
    human: share(of('human'), counts.delivered),
    unknown: share(of('unknown'), counts.delivered),
    machine: share(of('machine'), counts.delivered),
    anybody: share(
      agents.reduce((sum, agent) => sum + of(agent), 0),
      counts.delivered,
    ),
  };
};

/** What counts of messages come to. */
export const ratesOf = (counts: MessageCounts): EmailRates => ({
  messages: counts.messages,
  delivered: share(counts.delivered, counts.messages),
  bounced: share(counts.bounced, counts.messages),
  opened: byAgent(counts, 'opened'),
  clicked: byAgent(counts, 'clicked'),
  clickToOpen: share(counts.clicked_human, counts.engaged),
  replied: share(counts.replied, counts.delivered),
  unsubscribed: share(counts.unsubscribed, counts.delivered),
  complained: share(counts.complained, counts.delivered),
});
