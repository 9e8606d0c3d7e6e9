import type { EmailOptions } from './email-options.js';
import { FolderMailer } from './sending/folder-mailer.js';
import type { Mailer } from './sending/mailer.js';
import { SmtpMailer } from './sending/smtp-mailer.js';

/** The way out that an operator has named. */
export const mailerFor = (options: EmailOptions): Mailer =>
  options.kind === 'smtp' ? new SmtpMailer(options.url, options) : new FolderMailer(options.folder, options);
