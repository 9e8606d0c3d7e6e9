export { readEmailOptions, type EmailOptions, type Sender } from './email-options.js';
export { mailerFor } from './mailer-for.js';
export { EmailOutbox, KEPT_DAYS, type EmailOrder } from './outbox/email-outbox.js';
export { OutboxWorker, type EmailTemplate } from './outbox/outbox-worker.js';
export type { Mailer, OutgoingEmail, RenderedEmail } from './sending/mailer.js';
