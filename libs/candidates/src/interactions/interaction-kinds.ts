import type { EngagementEvent, EngagementEventType } from '../events/index.js';

/** What an interaction means, whatever it's worth. */
export interface InteractionKind {
  readonly title: string;
  /**
   * Whether it's an act of the person, so that it renews the "last human contact" (and with it the retention clock).
   * An open never is (CNIL), a machine's act never is, and neither is what we did without an answer.
   */
  readonly renewsContact: (event: EngagementEvent) => boolean;
}

const never = (): boolean => false;
const always = (): boolean => true;
const byHuman = (event: EngagementEvent): boolean => 'agent' in event.data && event.data.agent === 'human';

/** Every interaction that there is. */
export const interactionKinds: Readonly<Record<EngagementEventType, InteractionKind>> = {
  'email.sent': { title: 'Email sent', renewsContact: never },
  'email.delivered': { title: 'Email delivered', renewsContact: never },
  'email.opened': { title: 'Email opened', renewsContact: never },
  'email.clicked': { title: 'Link clicked', renewsContact: byHuman },
  'email.replied': { title: 'Email answered', renewsContact: always },
  'email.bounced': { title: 'Email bounced', renewsContact: never },
  'email.deferred': { title: 'Email delayed', renewsContact: never },
  'email.dropped': { title: 'Email not sent', renewsContact: never },
  'email.unsubscribed': { title: 'Unsubscribed', renewsContact: never },
  'email.resubscribed': { title: 'Subscribed again', renewsContact: never },
  'email.complained': { title: 'Marked as spam', renewsContact: never },
  'call.made': {
    title: 'Call',
    renewsContact: (event) => event.type === 'call.made' && event.data.outcome === 'answered',
  },
  'meeting.held': { title: 'Meeting', renewsContact: always },
  'event.invited': { title: 'Invited to an event', renewsContact: never },
  'event.registered': { title: 'Registered for an event', renewsContact: always },
  'event.attended': { title: 'Attended an event', renewsContact: always },
  'content.shared': { title: 'Content shared', renewsContact: never },
  'content.viewed': { title: 'Content viewed', renewsContact: byHuman },
  'referral.made': { title: 'Referred', renewsContact: never },
  'note.added': { title: 'Note', renewsContact: never },
  'interest.expressed': { title: 'Interest expressed', renewsContact: always },
  'form.submitted': { title: 'Form submitted', renewsContact: always },
};

/** Whether an event is an act of the person. */
export const renewsContact = (event: EngagementEvent): boolean => interactionKinds[event.type].renewsContact(event);

/** What the outside tells us happened. `machineHint`: whether the provider says that a machine did it. */
export interface ReportedInteraction {
  readonly type: EngagementEventType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly machineHint?: boolean;
}

const withAgent = new Set<EngagementEventType>(['email.opened', 'email.clicked', 'content.viewed']);

/**
 * The event of a reported interaction. Where neither the hint nor the data's own `agent` says who acted, a human is
 * assumed. Its data is checked against the schema on append.
 */
export const interactionEvent = ({ type, data, machineHint }: ReportedInteraction): EngagementEvent => {
  if (!withAgent.has(type)) return { type, data } as EngagementEvent;
  const agent = machineHint === undefined ? (data['agent'] ?? 'human') : machineHint ? 'machine' : 'human';
  return { type, data: { ...data, agent } } as EngagementEvent;
};
