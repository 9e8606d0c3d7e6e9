import addressparser from 'nodemailer/lib/addressparser';

/** Who writes. */
export interface Sender {
  /** As in a From header: `Example Careers <careers@example.com>`. */
  readonly from: string;
  /** Shown below every message: whom it's from must be known. */
  readonly postalAddress: string;
}

/** How messages leave; `folder` is for one machine, where nobody is written to. */
export type EmailOptions = Sender &
  ({ readonly kind: 'smtp'; readonly url: string } | { readonly kind: 'folder'; readonly folder: string });

const FOLDER_SENDER: Sender = {
  from: 'Rapport on this machine <rapport@localhost.example>',
  postalAddress: 'This message was written into a folder. Nothing was sent.',
};

const addressIn = (from: string): string | undefined => {
  const [one, ...more] = addressparser(from);
  const address = one && 'address' in one ? (one.address ?? '') : '';
  return more.length === 0 && /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined;
};

/** What stands behind the `@` of a sender. */
export const domainOf = ({ from }: Sender): string => addressIn(from)?.split('@')[1] ?? 'localhost';

/**
 * `SMTP_URL` with `RAPPORT_EMAIL_FROM` and `RAPPORT_EMAIL_POSTAL_ADDRESS`, or `RAPPORT_EMAIL_FOLDER`; undefined where none is set,
 * and no email can be sent. Throws an Error that names what's wrong or missing.
 */
export const readEmailOptions = (env: NodeJS.ProcessEnv = process.env): EmailOptions | undefined => {
  const url = env['SMTP_URL'] || undefined;
  const folder = env['RAPPORT_EMAIL_FOLDER'] || undefined;
  if (url !== undefined && folder !== undefined)
    throw new Error(
      'SMTP_URL and RAPPORT_EMAIL_FOLDER are both set: either messages are sent, or written into a folder.',
    );
  if (folder !== undefined) return { kind: 'folder', folder, ...FOLDER_SENDER };
  if (url === undefined) return undefined;
  // Never shown: it holds a password.
  if (!/^smtps?:\/\//.test(url) || !URL.canParse(url) || new URL(url).hostname === '')
    throw new Error('SMTP_URL must be like smtps://user:password@mail.example:465.');
  const from = env['RAPPORT_EMAIL_FROM'] ?? '';
  const postalAddress = env['RAPPORT_EMAIL_POSTAL_ADDRESS']?.trim() ?? '';
  if (addressIn(from) === undefined)
    throw new Error('RAPPORT_EMAIL_FROM must be one address, like "Example Careers <careers@example.com>".');
  if (postalAddress === '') throw new Error('RAPPORT_EMAIL_POSTAL_ADDRESS must say whom messages are from, and where.');
  return { kind: 'smtp', url, from, postalAddress };
};
