import { closed, firstVersion, narrative, oneOf, opaqueId, word } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

/** What somebody may be written to for. */
export const purposes = ['talent-pool', 'newsletter', 'job-alerts', 'event-invitations', 'specific-job'] as const;
export const channels = ['email', 'phone', 'sms', 'post', 'social'] as const;
export const lawfulBases = ['consent', 'legitimate-interest', 'contract'] as const;
/** How we know: what could be shown to whoever asks. */
export const evidenceKinds = ['form', 'double-opt-in', 'reply', 'call', 'in-person', 'document', 'import'] as const;
/** How a consent was taken back. */
export const withdrawalWays = [
  'preference-centre',
  'one-click',
  'reply',
  'call',
  'in-person',
  'letter',
  'other',
] as const;
export const doNotContactReasons = [
  'asked',
  'legal',
  'former-employee',
  'conflict',
  'hostile',
  'deceased',
  'other',
] as const;
export const jobStatuses = ['looking', 'open', 'not-looking'] as const;
export const workplaces = ['on-site', 'hybrid', 'remote'] as const;
export const languageLevels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const;

/** An ISO 8601 instant in UTC. */
const instant = () => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$' });
/** An ISO 8601 date. */
const date = () => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const evidence = closed({
  kind: oneOf(evidenceKinds),
  /** Of a form submission, a recording, a document: opaque. */
  reference: Type.Optional(opaqueId()),
  note: Type.Optional(narrative(2_000)),
});

const consentGiven = closed({
  purpose: oneOf(purposes),
  channel: oneOf(channels),
  /** Only about this; absent: about anything that serves the purpose. */
  topic: Type.Optional(word(100)),
  basis: oneOf(lawfulBases),
  /** Of the text that the person saw. */
  textVersion: Type.Optional(word(60)),
  evidence,
  expiresAt: Type.Optional(instant()),
});
/** We may write to somebody from now on: for this purpose, on this channel, about this topic. */
export const candidateConsentGiven = firstVersion('candidate.consent-given', consentGiven);

const consentWithdrawn = closed({
  /** Absent: whatever the purpose, the channel, the topic. */
  purpose: Type.Optional(oneOf(purposes)),
  channel: Type.Optional(oneOf(channels)),
  topic: Type.Optional(word(100)),
  way: oneOf(withdrawalWays),
  evidence: Type.Optional(evidence),
});
export const candidateConsentWithdrawn = firstVersion('candidate.consent-withdrawn', consentWithdrawn);

const doNotContactSet = closed({ reason: oneOf(doNotContactReasons), note: Type.Optional(narrative(2_000)) });
/** Nobody writes or calls any more, on any channel. */
export const candidateDoNotContactSet = firstVersion('candidate.do-not-contact-set', doNotContactSet);
export const candidateDoNotContactLifted = firstVersion(
  'candidate.do-not-contact-lifted',
  closed({ note: Type.Optional(narrative(2_000)) }),
);

const snoozed = closed({ until: instant(), reason: Type.Optional(narrative(2_000)) });
/** Left alone until then. */
export const candidateSnoozed = firstVersion('candidate.snoozed', snoozed);
export const candidateSnoozeEnded = firstVersion('candidate.snooze-ended', closed({}));

const availability = closed({
  status: oneOf(jobStatuses),
  from: Type.Optional(date()),
  noticeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 730 })),
  workplaces: Type.Optional(Type.Array(oneOf(workplaces), { maxItems: 3, uniqueItems: true })),
});
/** What somebody said of a next job; the whole of it. */
export const candidateAvailabilityStated = firstVersion('candidate.availability-stated', availability);

const language = closed({
  /** ISO 639: `en`, `deu`. */
  code: Type.String({ pattern: '^[a-z]{2,3}$' }),
  level: Type.Optional(oneOf(languageLevels)),
});
const languagesChanged = closed({ languages: Type.Array(language, { maxItems: 50 }) });
/** The complete new list. */
export const candidateLanguagesChanged = firstVersion('candidate.languages-changed', languagesChanged);

export const relationshipEventDefinitions = [
  candidateConsentGiven,
  candidateConsentWithdrawn,
  candidateDoNotContactSet,
  candidateDoNotContactLifted,
  candidateSnoozed,
  candidateSnoozeEnded,
  candidateAvailabilityStated,
  candidateLanguagesChanged,
] as const;

export type Purpose = (typeof purposes)[number];
export type Channel = (typeof channels)[number];
export type ConsentGiven = Static<typeof consentGiven>;
export type ConsentWithdrawn = Static<typeof consentWithdrawn>;
export type DoNotContact = Static<typeof doNotContactSet>;
export type Snooze = Static<typeof snoozed>;
export type Availability = Static<typeof availability>;
export type Language = Static<typeof language>;
