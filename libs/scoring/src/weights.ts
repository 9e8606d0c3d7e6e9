/** Why a signal counts for nothing. */
export type LeftOut = 'machine' | 'not-an-act-of-the-person' | 'no-answer' | 'flag-not-a-term' | 'no-weight';

/** Points of a signal when it happens, or why it has none. */
export type Weight = { readonly points: number } | { readonly points: 0; readonly leftOut: LeftOut };

const none = (leftOut: LeftOut): Weight => ({ points: 0, leftOut });

/** What a weight may depend on, beside the type. */
export interface Signal {
  readonly type: string;
  readonly agent?: 'human' | 'machine' | undefined;
  /** Of a call. */
  readonly outcome?: string | undefined;
}

const points: Readonly<Record<string, number>> = {
  'email.opened': 1,
  'email.clicked': 8,
  'email.replied': 25,
  'call.made': 15,
  // As an answered call.
  'meeting.held': 15,
  'event.registered': 6,
  'event.attended': 20,
  'content.shared': 5,
  // As a form that was sent in.
  'interest.expressed': 10,
  'application.submitted': 20,
};

const flags = new Set(['email.unsubscribed', 'email.complained']);
/** Acts of the person that count for nothing; what we did counts for nothing anyway. */
const weightless = new Set(['content.viewed']);

/** The default weights. Unsubscribing and complaining are flags, never terms of the sum. */
export const weightOf = ({ type, agent, outcome }: Signal): Weight => {
  if (flags.has(type)) return none('flag-not-a-term');
  if (agent === 'machine') return none('machine');
  if (type === 'call.made' && outcome !== 'answered') return none('no-answer');
  const value = points[type];
  if (value !== undefined) return { points: value };
  return none(weightless.has(type) ? 'no-weight' : 'not-an-act-of-the-person');
};
