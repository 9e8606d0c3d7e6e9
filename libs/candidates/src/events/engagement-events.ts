import { closed, firstVersion, narrative, oneOf, opaqueId, technical, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { sourceSchema } from './candidate-events.js';

/** Who acted, as far as the provider says: a mail proxy or a scanner is a machine. */
export const agents = ['human', 'machine'] as const;
export const replySentiments = [
  'interested',
  'not-interested',
  'bad-fit',
  'wrong-contact',
  'timing',
  'bad-data',
  'unsubscribe',
  'unknown',
] as const;
export const callOutcomes = ['answered', 'no-answer', 'voicemail'] as const;

const agent = oneOf(agents);
const message = { messageId: Type.Optional(technical(500)), campaignId: Type.Optional(opaqueId()) };
const client = { ip: Type.Optional(technical(60)), userAgent: Type.Optional(technical()) };
const happening = { eventId: Type.Optional(opaqueId()), name: word(), series: Type.Optional(word()) };

export const emailSent = firstVersion('email.sent', closed({ ...message, subject: Type.Optional(narrative(500)) }));
export const emailDelivered = firstVersion('email.delivered', closed(message));
export const emailOpened = firstVersion('email.opened', closed({ ...message, ...client, agent }));
export const emailClicked = firstVersion(
  'email.clicked',
  closed({ ...message, ...client, agent, url: Type.Optional(technical()) }),
);
export const emailReplied = firstVersion(
  'email.replied',
  closed({ ...message, sentiment: oneOf(replySentiments), text: Type.Optional(narrative()) }),
);
export const emailBounced = firstVersion(
  'email.bounced',
  closed({ ...message, kind: oneOf(['hard', 'soft']), reason: Type.Optional(technical()) }),
);
/** Not delivered yet; the provider tries again by itself. */
export const emailDeferred = firstVersion('email.deferred', closed({ ...message, reason: Type.Optional(technical()) }));
/** Never sent: the provider's own list, or the message itself, forbade it. */
export const emailDropped = firstVersion('email.dropped', closed({ ...message, reason: Type.Optional(technical()) }));
export const emailUnsubscribed = firstVersion(
  'email.unsubscribed',
  closed({ ...message, topic: Type.Optional(word(100)) }),
);
/** The provider sends to this address again. It's no consent: what was withdrawn stays withdrawn until it's given anew. */
export const emailResubscribed = firstVersion(
  'email.resubscribed',
  closed({ ...message, topic: Type.Optional(word(100)) }),
);
export const emailComplained = firstVersion('email.complained', closed(message));
export const callMade = firstVersion(
  'call.made',
  closed({
    outcome: oneOf(callOutcomes),
    durationSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    notes: Type.Optional(narrative()),
  }),
);
export const meetingHeld = firstVersion(
  'meeting.held',
  closed({ format: oneOf(['in-person', 'video', 'phone']), notes: Type.Optional(narrative()) }),
);
export const eventInvited = firstVersion('event.invited', closed(happening));
export const eventRegistered = firstVersion('event.registered', closed(happening));
export const eventAttended = firstVersion('event.attended', closed(happening));
const content = { contentId: Type.Optional(opaqueId()), title: word(300) };
export const contentShared = firstVersion('content.shared', closed({ ...content, channel: Type.Optional(word(60)) }));
export const contentViewed = firstVersion('content.viewed', closed({ ...content, ...client, agent }));
/** This candidate was referred by the user `referrerId`. */
export const referralMade = firstVersion(
  'referral.made',
  closed({
    referrerId: opaqueId(),
    role: Type.Optional(word()),
    requisitionId: Type.Optional(opaqueId()),
    notes: Type.Optional(narrative()),
  }),
);
export const noteAdded = firstVersion('note.added', closed({ text: narrative() }));
/** `interest` names the area ("backend"); `role` the title asked for, where it was said. */
export const interestExpressed = firstVersion(
  'interest.expressed',
  closed({ interest: word(100), role: Type.Optional(word()), channel: Type.Optional(word(60)) }),
);
/** They sent a form: a touch of that source, whatever source they first came from. */
export const formSubmitted = firstVersion(
  'form.submitted',
  closed({ formId: Type.Optional(opaqueId()), source: sourceSchema }),
);

export const engagementEventDefinitions = [
  emailSent,
  emailDelivered,
  emailOpened,
  emailClicked,
  emailReplied,
  emailBounced,
  emailDeferred,
  emailDropped,
  emailUnsubscribed,
  emailResubscribed,
  emailComplained,
  callMade,
  meetingHeld,
  eventInvited,
  eventRegistered,
  eventAttended,
  contentShared,
  contentViewed,
  referralMade,
  noteAdded,
  interestExpressed,
  formSubmitted,
] as const;

/** What happened between us and a person: the events of an `engagement-<uuid>` stream, same uuid as the candidate's. */
export type EngagementEvent = EventOf<(typeof engagementEventDefinitions)[number]>;
export type EngagementEventType = EngagementEvent['type'];
