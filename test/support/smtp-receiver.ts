import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it came, headers and body. */
  readonly source: string;
}

/** A real SMTP server in this process. */
export class SmtpReceiver {
  readonly received: ReceivedMail[] = [];
  /** What it answers a recipient with, instead of taking the message. */
  refusal: ((to: string) => { readonly code: number } | undefined) | undefined;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, done) => {
        const refusal = this.refusal?.(address);
        done(refusal && Object.assign(new Error(`No mail for ${address}`), { responseCode: refusal.code }));
      },
      onData: (stream, { envelope }, done) => {
        let source = '';
        stream.setEncoding('utf8').on('data', (text: string) => (source += text));
        stream.on('end', () => {
          this.received.push({ to: envelope.rcptTo.map(({ address }) => address), source });
          done();
        });
      },
    });
    // A client that hangs up in the middle is no failure of the server.
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<SmtpReceiver> {
    const receiver = new SmtpReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', () => resolve()));
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** Undoes quoted-printable, which breaks lines in the middle of links. */
export const readableMail = ({ source }: ReceivedMail): string =>
  source.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
