import type { RapportHome } from '#libs/embedded';

/** What the apps are told about email, and what whoever started them is told. */
export interface EmailOnThisMachine {
  readonly env: Readonly<Record<string, string>>;
  readonly told: string;
}

/**
 * On a machine of one's own messages are written into a folder, so that signing up can be tried; on real servers, where
 * somebody waits for them, only an operator can say that nothing is to be sent.
 */
export const emailOnThisMachine = (home: RapportHome, env: NodeJS.ProcessEnv = process.env): EmailOnThisMachine => {
  if (env['SMTP_URL']) return { env: {}, told: 'sent by SMTP' };
  const folder = env['RAPPORT_EMAIL_FOLDER'] || (env['DATABASE_URL'] || env['EVENTSTORE_URL'] ? '' : home.outbox);
  if (folder === '') return { env: {}, told: 'none: nobody can sign up until SMTP_URL is set' };
  return { env: { RAPPORT_EMAIL_FOLDER: folder }, told: `${folder}   (nothing is sent: SMTP_URL is not set)` };
};
