import {
  renewsContact,
  type AgentVerdict,
  type ApplicationEvent,
  type Classified,
  type EngagementEvent,
} from '#libs/candidates';
import { normalise, titleWords } from '#libs/criteria';
import type { StoredEvent } from '#libs/kernel';
import type { RowOf } from '#libs/projecting';
import type { talentFacts } from './tables.js';

/** A row of the table. */
export type TalentFact = RowOf<typeof talentFacts.columns>;

export const applicationTypes: readonly ApplicationEvent['type'][] = [
  'application.submitted',
  'application.stage-reached',
  'application.hired',
  'application.rejected',
  'application.withdrawn',
];

type Happened = StoredEvent & (EngagementEvent | ApplicationEvent);

const isOfApplication = (event: Happened): event is StoredEvent & ApplicationEvent =>
  (applicationTypes as readonly string[]).includes(event.type);

/** Applying is an act of the person, and so is being hired; moving somebody along isn't. */
const byPerson = (event: Happened): boolean =>
  isOfApplication(event)
    ? event.type === 'application.submitted' || event.type === 'application.hired'
    : renewsContact(event);

const roleOf = ({ data }: Happened): string | undefined => ('role' in data ? data.role : undefined);

/** What criteria can ask about an interaction or an application's event, as it was reported. */
export const factOf = (event: StoredEvent, candidateId: string): TalentFact => {
  const happened = event as Happened;
  const { data } = happened;
  const role = roleOf(happened);
  return {
    candidate_id: candidateId,
    recorded_for: null,
    position: event.position.commit,
    event_id: event.id,
    kind: event.type,
    at: event.occurredAt,
    by_person: byPerson(happened),
    by_machine: 'agent' in data && data.agent === 'machine',
    topic_key: 'interest' in data ? normalise(data.interest) : null,
    role_words: role === undefined ? [] : titleWords(role),
    series_key: 'series' in data && data.series !== undefined ? normalise(data.series) : null,
  };
};

/** Whether a kind of event is an act of the person if a human did it. */
const personalKinds = new Set(['email.clicked', 'content.viewed']);

/** A fact as a verdict leaves it: what nobody is sure of happened, but is no act of the person. */
export const judged = (fact: TalentFact, { verdict }: { readonly verdict: AgentVerdict }): TalentFact => ({
  ...fact,
  by_person: verdict === 'human' && personalKinds.has(fact.kind),
  by_machine: verdict === 'machine',
});

/** The id that a fact was recorded for. */
export const recordedFor = ({ recorded_for, candidate_id }: TalentFact): string => recorded_for ?? candidate_id;

/** The facts of a person with one of them judged; as they are if it's about none of them. */
export const withVerdict = (
  facts: readonly TalentFact[],
  { eventId, verdict }: Pick<Classified, 'eventId' | 'verdict'>,
): readonly TalentFact[] => facts.map((fact) => (fact.event_id === eventId ? judged(fact, { verdict }) : fact));
