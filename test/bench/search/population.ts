import type { CandidateEvent, EngagementEvent } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { canonicalSkill, canonicalTitle, placeOf, taxonomyVersion } from '#libs/taxonomy';

const DAY = 24 * 3_600_000;
/** Today; everything happened in the three years before, since searches count from now. */
export const NOW = new Date(new Date().setUTCHours(0, 0, 0, 0));
const YEARS_MILLISECONDS = 3 * 365 * DAY;
/** Every tenth person has it, whatever else they are. */
export const SEGMENT_TAG = 'segment-a';
/** Every tenth person, with whom nothing happened for long. */
export const COLD_TAG = 'segment-cold';
export const EVENTS_EACH = 20;

/** Numbers below 1 that are the same for the same seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const titles = [
  'Software Engineer',
  'Senior Software Engineer',
  'Backend Developer',
  'Back-End Engineer',
  'Frontend Engineer',
  'Data Scientist',
  'Data Engineer',
  'DevOps Engineer',
  'QA Engineer',
  'Product Manager',
  'Project Manager',
  'UX Designer',
  'Registered Nurse',
  'Accountant',
  'Financial Analyst',
  'Recruiter',
  'Sales Manager',
  'Account Executive',
  'Customer Success Manager',
  'Mechanical Engineer',
  'Electrical Engineer',
  'Teacher',
  'Marketing Manager',
  'Operations Manager',
].map((title) => ({ title, known: canonicalTitle(title) }));
const cities = [
  'Austin',
  'New York',
  'San Francisco',
  'Seattle',
  'Chicago',
  'Boston',
  'Denver',
  'Atlanta',
  'Dallas',
  'Houston',
  'Toronto',
  'London',
  'Berlin',
  'Munich',
  'Paris',
  'Madrid',
  'Dublin',
  'Amsterdam',
  'Zurich',
  'Vienna',
  'Warsaw',
  'Lisbon',
  'Stockholm',
  'Oslo',
  'Bangalore',
  'Hyderabad',
  'Singapore',
  'Sydney',
  'Melbourne',
  'Sao Paulo',
].map((city) => ({ city, place: placeOf(city) }));
export const cityNames = cities.map(({ city }) => city);
const skills = ['JavaScript', 'TypeScript', 'Python', 'Java', 'Go', 'SQL', 'Kubernetes', 'AWS', 'React', 'Excel'].map(
  (name) => ({ name, key: canonicalSkill(name)?.key ?? name }),
);
export const topics = [
  'backend',
  'frontend',
  'data',
  'devops',
  'product',
  'design',
  'sales',
  'finance',
  'nursing',
  'teaching',
];
const series = ['Austin Meetups', 'Open Days', 'Tech Talks'];
const given = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Katherine', 'Linus', 'Margaret', 'Tim'];
const family = [
  'Lovelace',
  'Hopper',
  'Turing',
  'Dijkstra',
  'Liskov',
  'Knuth',
  'Johnson',
  'Torvalds',
  'Hamilton',
  'Lee',
];
const sources = [
  { kind: 'careers-page', name: 'Careers page' },
  { kind: 'social-media', name: 'LinkedIn' },
  { kind: 'referral', name: 'Referral' },
  { kind: 'event', name: 'Fair' },
] as const;

/** By how many of twenty interactions they are. */
const interactions: readonly (readonly [share: number, make: (pick: <T>(of: readonly T[]) => T) => EngagementEvent])[] =
  [
    [6, () => ({ type: 'email.sent', data: {} })],
    [5, (pick) => ({ type: 'email.opened', data: { agent: pick(['human', 'human', 'machine']) } })],
    [2, (pick) => ({ type: 'email.clicked', data: { agent: pick(['human', 'human', 'machine']) } })],
    [2, (pick) => ({ type: 'interest.expressed', data: { interest: pick(topics) } })],
    [2, () => ({ type: 'content.viewed', data: { title: 'Guide', agent: 'human' } })],
    [1, () => ({ type: 'email.replied', data: { sentiment: 'interested' } })],
    [1, (pick) => ({ type: 'event.attended', data: { name: 'Meetup', series: pick(series) } })],
    [1, () => ({ type: 'call.made', data: { outcome: 'answered' } })],
  ];
const kinds = interactions.flatMap(([share, make]) => Array.from({ length: share }, () => make));

const uuid = (n: number, more: number): string =>
  `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${more.toString(16).padStart(12, '0')}`;

/** Somebody's events: who they are, and twenty things that happened. The same for the same number. */
export const personEvents = (n: number): StoredEvent[] => {
  const random = randomFrom(n + 1);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const candidateId = uuid(n, 0);
  const { title, known } = pick(titles);
  const { city, place } = pick(cities);
  const has = skills.filter(() => random() < 0.3);
  const isCold = n % 10 === 3;
  const addedAt = NOW.getTime() - YEARS_MILLISECONDS * (0.2 + random() * 0.8);
  const added: CandidateEvent = {
    type: 'candidate.added',
    data: {
      name: { full: `${pick(given)} ${pick(family)} ${n}` },
      title,
      employer: `Company ${Math.floor(random() * 5_000)}`,
      location: { city },
      experienceYears: Math.floor(random() * 30),
      contactPoints: [{ kind: 'email', value: `person${n}@example.com` }],
      skills: has.map(({ name }) => ({ name })),
      interests: random() < 0.3 ? [pick(topics)] : [],
      tags: [...(random() < 0.1 ? [SEGMENT_TAG] : []), ...(isCold ? [COLD_TAG] : [])],
      freeTags: [],
      externalIds: [],
      source: pick(sources),
      ...(random() < 0.5 ? { owner: `user-${Math.floor(random() * 200)}` } : {}),
      normalised: {
        taxonomyVersion,
        ...(known ? { titleKey: known.key, occupations: known.occupations.slice(0, 5) } : {}),
        skillKeys: has.map(({ key }) => key),
        ...(place ? { place } : {}),
      },
    },
  };
  const stored = (
    index: number,
    streamId: string,
    revision: number,
    at: number,
    { type, data }: CandidateEvent | EngagementEvent,
  ): StoredEvent => {
    const commit = BigInt(n) * BigInt(EVENTS_EACH + 1) + BigInt(index + 1);
    const id = uuid(n, index + 1);
    return {
      id,
      type,
      data,
      streamId,
      revision,
      position: { commit, prepare: commit },
      subjectId: candidateId,
      occurredAt: new Date(Math.floor(at)),
      timePrecision: 'instant',
      recordedAt: NOW,
      correlationId: id,
      causationId: id,
      actor: { kind: 'system', id: 'bench' },
      source: 'bench',
    };
  };
  // Told in the order in which it happened, as it mostly is.
  const span = (NOW.getTime() - addedAt) * (isCold ? 0.1 : 1);
  const times = Array.from({ length: EVENTS_EACH }, () => addedAt + span * random());
  const happened = times
    .sort((a, b) => a - b)
    .map((at, i) => stored(i + 1, `engagement-${candidateId}`, i, at, pick(kinds)(pick)));
  return [stored(0, `candidate-${candidateId}`, 0, addedAt, added), ...happened];
};
