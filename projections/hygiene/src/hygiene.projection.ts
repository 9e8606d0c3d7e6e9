import type { CandidateEvent, EngagementEvent } from '#libs/candidates';
import { subjectOf, type StoredEvent } from '#libs/kernel';
import { defineProjection, row, type Handler, type RowOf } from '#libs/projecting';
import { hygienePlans, hygieneRuns } from './plan-tables.js';
import { planHandlers } from './plans.js';
import { hygiene } from './tables.js';

type Hygiene = RowOf<typeof hygiene.columns>;
type Moment = Exclude<keyof Hygiene, 'candidate_id'>;

/** Facts needn't be recorded in the order in which they happened. */
const later = (a: Date | null, b: Date): Date => (a === null || b > a ? b : a);

/** An event that says of each of these moments that it was then, at the latest. */
const says = (momentsOf: (event: StoredEvent) => readonly Moment[]): Handler => ({
  needs: (event) => [row(hygiene, { candidate_id: subjectOf(event) })],
  apply: (event, rows) => {
    const candidateId = subjectOf(event);
    const known: Hygiene = rows.get(hygiene, { candidate_id: candidateId }) ?? {
      candidate_id: candidateId,
      profile_stated_at: null,
      addresses_stated_at: null,
      hard_bounced_at: null,
      arrived_at: null,
    };
    const said = momentsOf(event).map((moment) => [moment, later(known[moment], event.occurredAt)]);
    rows.put(hygiene, { ...known, ...(Object.fromEntries(said) as Partial<Hygiene>) });
  },
});

const profileTypes = [
  'candidate.profile-changed',
  'candidate.skills-changed',
  'candidate.interests-changed',
  'candidate.availability-stated',
  'candidate.languages-changed',
  'candidate.work-history-changed',
  'candidate.education-changed',
] as const satisfies readonly CandidateEvent['type'][];
const addressTypes = [
  'candidate.added',
  'candidate.contact-points-changed',
] as const satisfies readonly CandidateEvent['type'][];
const arrivalTypes = [
  'email.delivered',
  'email.opened',
  'email.clicked',
  'email.replied',
] as const satisfies readonly EngagementEvent['type'][];

type Bounced = Extract<EngagementEvent, { type: 'email.bounced' }>;

/** What tells records that are kept well from those that aren't; plans to look for these, and their runs. */
export const hygieneProjection = defineProjection({
  name: 'hygiene',
  version: 2,
  tables: [hygiene, hygienePlans, hygieneRuns],
  handlers: {
    ...Object.fromEntries(profileTypes.map((type) => [type, says(() => ['profile_stated_at'])])),
    ...Object.fromEntries(addressTypes.map((type) => [type, says(() => ['profile_stated_at', 'addresses_stated_at'])])),
    ...Object.fromEntries(arrivalTypes.map((type) => [type, says(() => ['arrived_at'])])),
    'email.bounced': says((event) =>
      (event as StoredEvent & Bounced).data.kind === 'hard' ? ['hard_bounced_at'] : [],
    ),
    ...planHandlers,
  },
});
