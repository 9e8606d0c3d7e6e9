import type { ScoringModel } from './model.js';

/** Why a signal counts for nothing. */
export type LeftOut = 'machine' | 'not-an-act-of-the-person' | 'no-answer' | 'flag-not-a-term' | 'no-weight';

/** Points of a signal when it happens, and the group that they count in; or why it has none. */
export type Weight =
  { readonly points: number; readonly group: string } | { readonly points: 0; readonly leftOut: LeftOut };

const none = (leftOut: LeftOut): Weight => ({ points: 0, leftOut });

/** What a weight may depend on, beside the type. */
export interface Signal {
  readonly type: string;
  readonly agent?: 'human' | 'machine' | undefined;
  /** Of a call. */
  readonly outcome?: string | undefined;
}

const flags = new Set(['email.unsubscribed', 'email.complained']);
/** Acts of the person, whether or not a model counts them; what we did counts for nothing anyway. */
const acts = new Set([
  'email.opened',
  'email.clicked',
  'email.replied',
  'call.made',
  'meeting.held',
  'event.registered',
  'event.attended',
  'content.shared',
  'content.viewed',
  'interest.expressed',
  'application.submitted',
]);

/** Unsubscribing and complaining are flags, never terms of the sum, and machines count for nothing: no model changes that. */
export const weightOf = (model: ScoringModel, { type, agent, outcome }: Signal): Weight => {
  if (flags.has(type)) return none('flag-not-a-term');
  if (agent === 'machine') return none('machine');
  if (type === 'call.made' && outcome !== 'answered') return none('no-answer');
  if (!acts.has(type)) return none('not-an-act-of-the-person');
  for (const [group, { kinds }] of Object.entries(model.groups)) {
    const points = kinds[type];
    if (points !== undefined && points > 0) return { points, group };
  }
  return none('no-weight');
};
