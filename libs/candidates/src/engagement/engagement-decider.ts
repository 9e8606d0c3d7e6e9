import { ok, UnknownEventError, type Decider } from '#libs/kernel';
import { engagementClassified, type ClassificationEvent, type Classified } from '../events/classification-events.js';
import { engagementEventDefinitions, type EngagementEvent } from '../events/engagement-events.js';
import { supersedes } from './verdicts.js';

/** A fact: it came from outside, so it can be malformed or unknown, but not refused for a business reason. */
export interface RecordInteraction {
  readonly event: EngagementEvent;
}

/** Verdicts on who did what is recorded on this stream. */
export interface ClassifyFacts {
  readonly verdicts: readonly Classified[];
}

/** A verdict, and all that were given before it: one more takes as long however many there are. */
interface Given {
  readonly verdict: Classified;
  readonly before: Given | undefined;
}

/** That a fact comes once is kept by the runner. */
export interface Engagement {
  readonly interactions: number;
  /** The last one, of any fact. */
  readonly verdicts: Given | undefined;
}

/** The verdict that counts now of each fact that has one, by the fact's event id. */
const standing = (last: Given | undefined): ReadonlyMap<string, Classified> => {
  const found = new Map<string, Classified>();
  for (let given = last; given; given = given.before)
    if (!found.has(given.verdict.eventId)) found.set(given.verdict.eventId, given.verdict);
  return found;
};

const known = new Set<string>(engagementEventDefinitions.map(({ type }) => type));

/** What happened between us and a person, on the stream `engagement-<uuid>`. */
export const engagementDecider: Decider<
  Engagement,
  RecordInteraction | ClassifyFacts,
  EngagementEvent | ClassificationEvent
> = {
  initial: { interactions: 0, verdicts: undefined },
  decide: (command, state) => {
    if ('event' in command) return ok([command.event]);
    const counting = standing(state.verdicts);
    const news = command.verdicts.filter((verdict) => supersedes(verdict, counting.get(verdict.eventId)));
    return ok(news.map((data) => ({ type: engagementClassified.type as 'engagement.classified', data })));
  },
  evolve: (state, event) => {
    if (event.type === 'engagement.classified')
      return { ...state, verdicts: { verdict: event.data, before: state.verdicts } };
    if (!known.has(event.type)) throw new UnknownEventError(event.type);
    return { ...state, interactions: state.interactions + 1 };
  },
};
