import type { EngagementEventType } from '#libs/candidates';
import type { CandidateRecord } from '../importing/candidate-record.js';
import { Random } from './random.js';
import * as words from './vocabulary.js';

export interface HistoryOptions {
  readonly seed: number;
  readonly candidates: number;
  /** The history ends here and began two years before. */
  readonly until: Date;
}

/** An interaction to record: what the command API would be told. */
export interface GeneratedInteraction {
  readonly type: EngagementEventType;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
  /** What the mail provider says of an open or a click. */
  readonly machine?: boolean;
}

export interface GeneratedApplication {
  readonly role: string;
  readonly steps: readonly {
    readonly stage: 'applied' | 'screened' | 'interviewed' | 'offered' | 'hired' | 'rejected' | 'withdrawn';
    readonly at: Date;
  }[];
}

/** One person's two years with us. Interactions are in the order in which they happened. */
export interface GeneratedLife {
  /** From 0. */
  readonly number: number;
  readonly candidate: CandidateRecord & { readonly addedAt: Date };
  readonly interactions: readonly GeneratedInteraction[];
  readonly applications: readonly GeneratedApplication[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SPAN = 730 * DAY;

/** Invents lives one by one. The same options give the same lives; person n doesn't depend on how many there are. */
export function* generateHistory({ seed, candidates, until }: HistoryOptions): Generator<GeneratedLife> {
  for (let number = 0; number < candidates; number++) {
    yield generateLife(new Random(seed * 1_000_003 + number), number, until);
  }
}

const generateLife = (random: Random, number: number, until: Date): GeneratedLife => {
  const end = until.getTime();
  const addedAt = new Date(end - Math.floor(random.next() * SPAN * 0.95) - DAY);
  const profession = random.weighted(words.professions);
  const [given, family] = [random.pick(words.givenNames), random.pick(words.familyNames)];
  const source = random.weighted(words.sources);
  const plain = `${given}.${family}`
    .normalize('NFKD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const email = `${plain}.${number}@example.org`;
  const title = random.pick(profession.titles);
  const candidate = {
    name: { full: `${given} ${family}`, given, family },
    title,
    employer: random.pick(words.employers),
    experienceYears: random.int(0, 25),
    location: random.weighted(words.cities),
    contactPoints: [
      { kind: 'email' as const, value: email },
      ...(random.chance(0.4)
        ? [{ kind: 'phone' as const, value: `+1512555${String(number % 10_000).padStart(4, '0')}` }]
        : []),
    ],
    skills: random.some(profession.skills, random.int(2, 5)).map((name) => ({ name, years: random.int(1, 12) })),
    interests: random.some(profession.interests, 1),
    tags: random.chance(0.5) ? random.some(words.tags, random.int(1, 2)) : [],
    externalIds: [{ system: 'demo', id: `P${number}` }],
    source,
    ...(random.chance(0.85) ? { owner: random.pick(words.recruiters) } : {}),
    addedAt,
  };
  // A few people are in close touch, many hardly at all: their mean is what makes about twenty events a person.
  const warmth = random.next() ** 2;
  const interactions = [
    ...newsletters(random, number, warmth, addedAt.getTime(), end),
    ...encounters(random, warmth, profession, title, addedAt.getTime(), end),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const applications = random.chance(0.12 + warmth * 0.3)
    ? [application(random, warmth, title, addedAt.getTime(), end)]
    : [];
  return { number, candidate, interactions, applications };
};

/** A newsletter every month or two, and what became of each. */
const newsletters = (
  random: Random,
  number: number,
  warmth: number,
  from: number,
  end: number,
): GeneratedInteraction[] => {
  const found: GeneratedInteraction[] = [];
  let n = 0;
  for (let at = from + random.int(1, 60) * DAY; at < end; at += random.int(40, 80) * DAY) {
    const message = { messageId: `demo-${number}-${n++}`, campaignId: 'newsletter' };
    const add = (type: EngagementEventType, delay: number, data: object = {}, machine?: boolean): void => {
      if (at + delay < end) {
        found.push({
          type,
          at: new Date(at + delay),
          data: { ...message, ...data },
          ...(machine === undefined ? {} : { machine }),
        });
      }
    };
    add('email.sent', 0);
    if (random.chance(0.02)) {
      add('email.bounced', 20_000, { kind: random.chance(0.5) ? 'hard' : 'soft' });
      continue;
    }
    add('email.delivered', 5_000);
    if (random.chance(0.25)) add('email.opened', 9_000, {}, true);
    if (random.chance(0.06)) add('email.clicked', 42_000, { url: 'https://example.org/jobs' }, true);
    if (random.chance(0.15 + warmth * 0.6)) {
      const opened = random.int(1, 72) * HOUR;
      add('email.opened', opened, {}, false);
      if (random.chance(0.1 + warmth * 0.5))
        add('email.clicked', opened + 60_000, { url: 'https://example.org/jobs' }, false);
      if (random.chance(warmth * 0.25))
        add('email.replied', opened + 2 * HOUR, { sentiment: random.pick(['interested', 'timing', 'not-interested']) });
    }
    if (random.chance(0.008)) {
      add('email.unsubscribed', 80 * HOUR);
      break;
    }
  }
  return found;
};

/** Calls, meetings, events, content, notes and interest. */
const encounters = (
  random: Random,
  warmth: number,
  profession: words.Profession,
  title: string,
  from: number,
  end: number,
): GeneratedInteraction[] => {
  const found: GeneratedInteraction[] = [];
  const anyTime = (): number => from + Math.floor(random.next() * (end - from));
  const add = (type: EngagementEventType, at: number, data: object): void => {
    if (at < end) found.push({ type, at: new Date(at), data: data as Record<string, unknown> });
  };
  const times = (mean: number): number => Math.floor(mean * 2 * random.next() + random.next());
  for (let i = times(0.5 + warmth); i > 0; i--) {
    add('interest.expressed', anyTime(), { interest: random.pick(profession.interests), role: title, channel: 'form' });
  }
  for (let i = times(0.3 + warmth * 2); i > 0; i--)
    add('call.made', anyTime(), {
      outcome: random.pick(['answered', 'no-answer', 'voicemail']),
      durationSeconds: random.int(20, 1_800),
    });
  for (let i = times(warmth); i > 0; i--)
    add('meeting.held', anyTime(), { format: random.pick(['in-person', 'video', 'phone']) });
  for (let i = times(0.4 + warmth * 1.5); i > 0; i--) {
    const at = anyTime();
    const name = random.pick(words.happenings);
    add('event.invited', at, { name });
    if (random.chance(0.5)) add('event.registered', at + 3 * DAY, { name });
    if (random.chance(0.35)) add('event.attended', at + 14 * DAY, { name });
  }
  for (let i = times(0.6); i > 0; i--)
    add('content.shared', anyTime(), { title: random.pick(words.contents), channel: 'email' });
  for (let i = times(0.4); i > 0; i--)
    add('note.added', anyTime(), { text: 'Spoke about the team and what comes next.' });
  if (random.chance(0.1)) add('referral.made', from + DAY, { referrerId: random.pick(words.recruiters), role: title });
  return found;
};

const application = (random: Random, warmth: number, role: string, from: number, end: number): GeneratedApplication => {
  const steps: GeneratedApplication['steps'][number][] = [];
  let at = from + Math.floor(random.next() * (end - from));
  const step = (stage: GeneratedApplication['steps'][number]['stage'], days: number): boolean => {
    at += days * DAY;
    if (at >= end) return false;
    steps.push({ stage, at: new Date(at) });
    return true;
  };
  const goOn = [
    ['screened', 0.6 + warmth * 0.3],
    ['interviewed', 0.4 + warmth * 0.3],
    ['offered', 0.3 + warmth * 0.2],
    ['hired', 0.75],
  ] as const;
  step('applied', 0);
  for (const [stage, probability] of goOn) {
    if (!random.chance(probability)) {
      step(random.chance(0.85) ? 'rejected' : 'withdrawn', random.int(3, 30));
      break;
    }
    if (!step(stage, random.int(2, 20))) break;
  }
  return { role, steps };
};
