import { acts } from './acts.js';
import type { ScoringModel } from './model.js';

/** Why a signal counts for nothing. */
export type LeftOut = 'machine' | 'not-an-act-of-the-person' | 'no-answer' | 'flag-not-a-term' | 'no-weight';

/** Points of a signal when it happens, what share of them counts, and the group that they count in; or why it has none. */
export type Weight =
  | { readonly points: number; readonly factor: number; readonly group: string }
  | { readonly points: 0; readonly leftOut: LeftOut };

const none = (leftOut: LeftOut): Weight => ({ points: 0, leftOut });

/** Who acted, as a classifier found out afterwards. */
export interface Verdict {
  readonly verdict: 'human' | 'machine' | 'unknown';
  readonly classifierVersion: number;
}

/** What a weight may depend on, beside the type. */
export interface Signal {
  readonly type: string;
  /** As it was reported. */
  readonly agent?: 'human' | 'machine' | undefined;
  /** The one that counts, where there's one; it overrules what was reported. */
  readonly verdict?: Verdict | undefined;
  /** Of a call. */
  readonly outcome?: string | undefined;
  /** Whether the person asked for no more emails by it: some replies do. */
  readonly unsubscribes?: boolean | undefined;
}

const flags = new Set(['email.unsubscribed', 'email.complained']);

/** Unsubscribing, be it in a reply, and complaining are flags, never terms of the sum, and machines count for nothing: no model changes that. */
export const weightOf = (model: ScoringModel, { type, agent, verdict, outcome, unsubscribes }: Signal): Weight => {
  if (flags.has(type) || unsubscribes) return none('flag-not-a-term');
  const actor = verdict?.verdict ?? agent;
  if (actor === 'machine') return none('machine');
  if (type === 'call.made' && outcome !== 'answered') return none('no-answer');
  if (!acts.has(type)) return none('not-an-act-of-the-person');
  const factor = actor === 'unknown' ? (model.unknownFactor ?? 1) : 1;
  for (const [group, { kinds }] of Object.entries(model.groups)) {
    const points = kinds[type];
    if (points !== undefined && points > 0 && factor > 0) return { points, factor, group };
  }
  return none('no-weight');
};
