import type { EngagementEventType } from '#libs/candidates';
import {
  CallMadeData,
  InterestExpressedData,
  MeetingHeldData,
  NoteAddedData,
  ReferralMadeData,
} from './conversation-data.dto.js';
import {
  EmailBouncedData,
  EmailClickedData,
  EmailNotDeliveredData,
  EmailOpenedData,
  EmailRepliedData,
  EmailSentData,
  EmailUnsubscribedData,
  MessageData,
} from './email-data.dto.js';
import { ContentSharedData, ContentViewedData, FormSubmittedData, HappeningData } from './happening-data.dto.js';

/** What the `data` of each type of interaction must look like. */
export const interactionData = {
  'email.sent': EmailSentData,
  'email.delivered': MessageData,
  'email.opened': EmailOpenedData,
  'email.clicked': EmailClickedData,
  'email.replied': EmailRepliedData,
  'email.bounced': EmailBouncedData,
  'email.deferred': EmailNotDeliveredData,
  'email.dropped': EmailNotDeliveredData,
  'email.unsubscribed': EmailUnsubscribedData,
  'email.resubscribed': EmailUnsubscribedData,
  'email.complained': MessageData,
  'call.made': CallMadeData,
  'meeting.held': MeetingHeldData,
  'event.invited': HappeningData,
  'event.registered': HappeningData,
  'event.attended': HappeningData,
  'content.shared': ContentSharedData,
  'content.viewed': ContentViewedData,
  'referral.made': ReferralMadeData,
  'note.added': NoteAddedData,
  'interest.expressed': InterestExpressedData,
  'form.submitted': FormSubmittedData,
} satisfies Record<EngagementEventType, new () => object>;

export const interactionTypes = Object.keys(interactionData) as EngagementEventType[];

/** Every class of `interactionData` once, for the OpenAPI document. */
export const interactionDataClasses = [...new Set<new () => object>(Object.values(interactionData))];
