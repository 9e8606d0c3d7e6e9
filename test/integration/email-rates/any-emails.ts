import { supersedes, type Classified } from '#libs/candidates';
import { idsOf, peopleOf, type Merge } from '#libs/identity';
import { ERASED, newId, type StoredEvent } from '#libs/kernel';
import fc from 'fast-check';
import type { ToldHistory } from '../../support/told-history.js';

/** Few, and close together, so that much happens with one message. */
const PEOPLE = 3;
const DAYS = 40;
const HOUR = 3_600_000;

export const anyHour = fc.nat({ max: DAYS * 24 });

/** From when to when: as often the whole history as a part of it. */
export const anyTime: fc.Arbitrary<readonly [number, number]> = fc.oneof(
  fc.constant([0, DAYS * 24] as const),
  fc.tuple(anyHour, anyHour).map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const),
);

/** A wish: what it comes to depends on what was told before. */
export interface EmailStep {
  readonly who: number;
  readonly what: string;
  /** Hours since the history begins; in no order. */
  readonly at: number;
  readonly messageId: string | undefined;
  readonly campaignId: string | undefined;
  readonly agent: 'human' | 'machine';
  readonly verdict: 'human' | 'machine' | 'unknown';
  readonly source: string;
  readonly precision: 'instant' | 'unknown';
  /** Which of the acts so far, or of the merges; or whom to merge with. */
  readonly which: number;
}

const emails = [
  'email.sent',
  'email.deferred',
  'email.delivered',
  'email.delivered',
  'email.bounced',
  'email.opened',
  'email.opened',
  'email.clicked',
  'email.replied',
  'email.unsubscribed',
  'email.complained',
];

const emailStep: fc.Arbitrary<EmailStep> = fc.record({
  who: fc.nat({ max: PEOPLE - 1 }),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...emails) },
    { weight: 3, arbitrary: fc.constant('verdict') },
    { weight: 1, arbitrary: fc.constantFrom('merge', 'merge', 'unmerge') },
  ),
  at: anyHour,
  messageId: fc.constantFrom('m-1', 'm-1', 'm-1', 'm-2', ERASED, undefined),
  campaignId: fc.constantFrom('spring', 'autumn', undefined),
  agent: fc.constantFrom('human', 'machine'),
  verdict: fc.constantFrom('human', 'machine', 'unknown'),
  source: fc.constantFrom('sendgrid', 'postmark'),
  precision: fc.constantFrom('instant', 'instant', 'instant', 'unknown'),
  which: fc.nat(),
});

const extra = ({ what, agent, verdict }: EmailStep): object => {
  if (what === 'email.opened' || what === 'email.clicked') return { agent };
  if (what === 'email.bounced') return { kind: 'hard' };
  return what === 'email.replied' ? { sentiment: verdict === 'human' ? 'unsubscribe' : 'interested' } : {};
};

/** Of few events hardly anything depends on what was known when. */
export const emailSteps = fc.array(emailStep, { minLength: 20, maxLength: 60 });

/** Tells a history of people of its own, beginning at `start`; gives its events. */
export const tell = (told: ToldHistory, start: Date, steps: readonly EmailStep[]): StoredEvent[] => {
  const first = told.events.length;
  const ids = Array.from({ length: PEOPLE }, () => newId());
  const acts: StoredEvent[] = [];
  const standing = new Map<string, Classified>();
  let merges: readonly Merge[] = [];
  const judge = (at: Date, { which, verdict }: EmailStep): void => {
    const act = acts[which % Math.max(1, acts.length)];
    if (!act) return;
    const given: Classified = { eventId: act.id, verdict, classifierVersion: 1 + (which % 3), reasons: [] };
    if (!supersedes(given, standing.get(act.id))) return;
    standing.set(act.id, given);
    told.happened(act.subjectId ?? '', at, { type: 'engagement.classified', data: given });
  };
  const merge = (at: Date, { who, which }: EmailStep): void => {
    const [survivorId, mergedId] = [ids[who] ?? '', ids[which % PEOPLE] ?? ''];
    if (idsOf(peopleOf(merges), survivorId).includes(mergedId)) return;
    const one = { mergeId: newId(), survivorId, mergedId };
    merges = [...merges, one];
    told.identified(at, { type: 'identity.merged', data: { ...one, reason: 'review' } });
  };
  const unmerge = (at: Date, { which }: EmailStep): void => {
    const one = merges[which % Math.max(1, merges.length)];
    if (!one) return;
    merges = merges.filter((other) => other !== one);
    told.identified(at, { type: 'identity.unmerged', data: one });
  };
  for (const step of steps) {
    const at = new Date(start.getTime() + step.at * HOUR);
    if (step.what === 'verdict') judge(at, step);
    else if (step.what === 'merge') merge(at, step);
    else if (step.what === 'unmerge') unmerge(at, step);
    else {
      const { who, what, messageId, campaignId, source, precision } = step;
      const named = { ...(messageId && { messageId }), ...(campaignId && { campaignId }) };
      const about = ids[who] ?? '';
      told.appended(`engagement-${about}`, at, { type: what, data: { ...named, ...extra(step) } }, about);
      const event = { ...(told.events.pop() as StoredEvent), source, timePrecision: precision };
      told.events.push(event);
      if (what === 'email.opened' || what === 'email.clicked') acts.push(event);
    }
  }
  return told.events.slice(first);
};
