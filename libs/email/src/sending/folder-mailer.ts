import { createTransport } from 'nodemailer';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sender } from '../email-options.js';
import { composed, type Mailer, type OutgoingEmail } from './mailer.js';

/** Writes messages into a folder (0700) instead of sending them, as `<id>.eml` (0600). For one machine. */
export class FolderMailer implements Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(
    private readonly folder: string,
    private readonly sender: Sender,
  ) {}

  async send(email: OutgoingEmail): Promise<void> {
    const { message } = await this.transport.sendMail(composed(email, this.sender));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${email.id}.eml`);
    // Whoever looks at the folder never sees half of one.
    await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${path}.part`, path);
  }

  close(): void {
    this.transport.close();
  }
}
