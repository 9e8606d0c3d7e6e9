import type { EmailTemplate } from '#libs/email';
import { PENDING_DAYS } from '../pending/pending-sign-ups.js';
import { confirmationWords } from './confirmation-words.js';
import { escapeHtml } from './escape-html.js';
import { languageOf } from './language.js';

/** As it stands in the outbox. */
export const CONFIRMATION_EMAIL = 'sign-up-confirmation';

/** All of it is the form's or ours: what somebody typed isn't sent to the address that they typed, which may be another's. */
export interface ConfirmationContent {
  readonly formName: string;
  readonly language: string;
  readonly wording: string;
  readonly topics: readonly string[];
  readonly privacyUrl: string;
  /** With the token. */
  readonly link: string;
}

const button =
  'display:inline-block;padding:12px 24px;border-radius:6px;background:#14532d;color:#ffffff;text-decoration:none;font-weight:600';

/** Asks for a confirmation, as text and as HTML that loads nothing. */
export const confirmationEmail: EmailTemplate = (content, { postalAddress }) => {
  const { formName, language, wording, topics, privacyUrl, link } = content as ConfirmationContent;
  const primary = languageOf(language);
  const words = confirmationWords[primary];
  // A name that holds `$&` or `{days}` is said as it is.
  const say = (text: string): string =>
    text.replaceAll('{days}', String(PENDING_DAYS)).replaceAll('{form}', () => formName);
  const chosen = topics.join(', ');
  const text = [
    say(words.asked),
    `${words.confirm}: ${link}`,
    say(words.ends),
    `${words.agree}\n${wording}`,
    ...(chosen === '' ? [] : [`${words.topics} ${chosen}`]),
    say(words.otherwise),
    `${words.privacy}: ${privacyUrl}`,
    `-- \n${postalAddress}`,
  ].join('\n\n');
  const html = `<!doctype html>
<html lang="${primary}"><body style="margin:0;padding:24px;background:#f5f5f4;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1c1917">
<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px">
<p style="margin-top:0">${escapeHtml(say(words.asked))}</p>
<p><a href="${escapeHtml(link)}" style="${button}">${escapeHtml(words.confirm)}</a></p>
<p>${escapeHtml(say(words.ends))}</p>
<p><strong>${escapeHtml(words.agree)}</strong><br>${escapeHtml(wording).replaceAll('\n', '<br>')}</p>
${chosen === '' ? '' : `<p><strong>${escapeHtml(words.topics)}</strong> ${escapeHtml(chosen)}</p>`}
<p>${escapeHtml(say(words.otherwise))}</p>
<p><a href="${escapeHtml(privacyUrl)}" style="color:#14532d">${escapeHtml(words.privacy)}</a></p>
<p style="margin-bottom:0;color:#57534e;font-size:13px">${escapeHtml(postalAddress).replaceAll('\n', '<br>')}</p>
</div></body></html>
`;
  return { subject: say(words.subject), text, html };
};
