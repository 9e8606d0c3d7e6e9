import { createTransport } from 'nodemailer';
import type { Sender } from '../email-options.js';
import { composed, UndeliverableError, type Mailer, type OutgoingEmail } from './mailer.js';

/** A server that says nothing for so long is tried again later. All of it together is less than the outbox's lease. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const CONNECTIONS = 4;

/** What a server says about one message or its recipient, unlike what it says about us, such as a wrong password. */
const aboutTheMessage = new Set(['EENVELOPE', 'EMESSAGE']);

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
      const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
      if (responseCode !== undefined && responseCode >= 500 && aboutTheMessage.has(code ?? ''))
        throw new UndeliverableError(responseCode);
      throw error;
    }
  }

  close(): void {
    this.transport.close();
  }
}
