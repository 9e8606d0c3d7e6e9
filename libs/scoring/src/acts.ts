/** Acts of the person, whether or not a model counts them; what we did counts for nothing anyway. */
export const acts: ReadonlySet<string> = new Set([
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
  'form.submitted',
  'application.submitted',
]);
