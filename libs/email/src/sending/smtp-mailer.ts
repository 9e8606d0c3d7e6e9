import { createTransport } from 'nodemailer';
import type { Sender } from '../email-options.js';
import { composed, UndeliverableError, type Mailer, type OutgoingEmail } from './mailer.js';

/** A server that says nothing for so long is tried again later. All of it together is less than the outbox's lease. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const CONNECTIONS = 4;

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  /** What the server said. */
  readonly response?: string;
}

/** 530 to 538: that we have to sign in, or to encrypt. */
const aboutSigningIn = (status: number): boolean => status >= 530 && status <= 538;
/** RFC 3463: 5.7 is what we may not do, such as sending to other servers' people; 5.1.7 and 5.1.8 are the sender's address. */
const aboutUs = /^\d{3}[ -]5\.(7\.\d+|1\.[78])\b/;

/**
 * Whether the server refuses one message or its recipient for good, unlike what it says about us: a wrong password, a sender
 * that it doesn't know. That's for an operator to mend, and then the message is sent.
 */
export const isAboutTheMessage = ({ code, command, responseCode = 0, response = '' }: SmtpError): boolean =>
  responseCode >= 500 &&
  (code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM')) &&
  !aboutSigningIn(responseCode) &&
  !aboutUs.test(response);

/** Sends by SMTP, over a few connections that stay open. */
export class SmtpMailer implements Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly sender: Sender,
  ) {
    this.transport = createTransport({ pool: true, maxConnections: CONNECTIONS, url, ...TIMEOUTS });
  }

  async send(email: OutgoingEmail): Promise<void> {
    try {
      await this.transport.sendMail(composed(email, this.sender));
    } catch (error) {
      const smtp = error as SmtpError;
      if (isAboutTheMessage(smtp)) throw new UndeliverableError(smtp.responseCode ?? 0);
      throw error;
    }
  }

  close(): void {
    this.transport.close();
  }
}
