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

/** That a fact comes once is kept by the runner. */
export interface Engagement {
  readonly interactions: number;
  /** That count now, by the fact's event id. */
  readonly verdicts: Readonly<Record<string, Classified>>;
}

const known = new Set<string>(engagementEventDefinitions.map(({ type }) => type));

/** What happened between us and a person, on the stream `engagement-<uuid>`. */
export const engagementDecider: Decider<
  Engagement,
  RecordInteraction | ClassifyFacts,
  EngagementEvent | ClassificationEvent
> = {
  initial: { interactions: 0, verdicts: {} },
  decide: (command, state) => {
    if ('event' in command) return ok([command.event]);
    const news = command.verdicts.filter((verdict) => supersedes(verdict, state.verdicts[verdict.eventId]));
    return ok(news.map((data) => ({ type: engagementClassified.type as 'engagement.classified', data })));
  },
  evolve: (state, event) => {
    if (event.type === 'engagement.classified')
      return { ...state, verdicts: { ...state.verdicts, [event.data.eventId]: event.data } };
    if (!known.has(event.type)) throw new UnknownEventError(event.type);
    return { ...state, interactions: state.interactions + 1 };
  },
};
