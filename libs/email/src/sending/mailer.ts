import type { SendMailOptions } from 'nodemailer';
import { domainOf, type Sender } from '../email-options.js';

/** A message to one person. Nothing in it was written by whoever asked for it. */
export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface OutgoingEmail extends RenderedEmail {
  /** Makes the Message-ID: a message that's sent again has the same one. */
  readonly id: string;
  readonly to: string;
}

/** Hands messages over. */
export interface Mailer {
  /** Throws UndeliverableError where trying again won't help, and anything else where it may. */
  send(email: OutgoingEmail): Promise<void>;
  close(): void;
}

/** The receiving server refused this message for good. Says by which reply code, and never for whom. */
export class UndeliverableError extends Error {
  constructor(readonly replyCode: number) {
    super(`A message was refused for good, with ${replyCode}.`);
    this.name = 'UndeliverableError';
  }
}

/** As nodemailer takes it. */
export const composed = ({ id, to, subject, text, html }: OutgoingEmail, sender: Sender): SendMailOptions => ({
  from: sender.from,
  to: { name: '', address: to },
  subject,
  text,
  html,
  messageId: `<${id}@${domainOf(sender)}>`,
  // RFC 3834: no out-of-office notes in return.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  disableFileAccess: true,
  disableUrlAccess: true,
});
