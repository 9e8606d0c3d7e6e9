import { ok, type Decider } from '#libs/kernel';
import { engagementEventDefinitions, type EngagementEvent } from '../events/index.js';
import { UnknownEventError } from '#libs/kernel';

/** A fact: it came from outside, so it can be malformed or unknown, but not refused for a business reason. */
export interface RecordInteraction {
  readonly event: EngagementEvent;
}

/** Nothing about earlier facts decides a later one; that a fact comes once is kept by the runner. */
export interface Engagement {
  readonly interactions: number;
}

const known = new Set<string>(engagementEventDefinitions.map(({ type }) => type));

/** What happened between us and a person, on the stream `engagement-<uuid>`. */
export const engagementDecider: Decider<Engagement, RecordInteraction, EngagementEvent> = {
  initial: { interactions: 0 },
  decide: ({ event }) => ok([event]),
  evolve: ({ interactions }, { type }) => {
    if (!known.has(type)) throw new UnknownEventError(type);
    return { interactions: interactions + 1 };
  },
};
