import type { KnownForm } from '#libs/sign-up';
import { escapeHtml } from '#libs/sign-up-intake';
import type { PageWords } from './page-words.js';

/** `Newsletter, by email`. */
export const consentLabel = (words: PageWords, { purpose, channel }: KnownForm['consents'][number]): string =>
  words.consent
    .replace('{purpose}', words.purposes[purpose] ?? purpose)
    .replace('{channel}', words.channels[channel] ?? channel);

/** What they agree to, word for word, in the language that it's written in. */
export const wordingBlock = ({ consentText }: Pick<KnownForm, 'consentText'>): string =>
  `<p class="wording" lang="${escapeHtml(consentText.language)}">${escapeHtml(consentText.wording)}</p>`;

export const privacyFooter = (words: PageWords, { privacyUrl }: Pick<KnownForm, 'privacyUrl'>): string =>
  `<footer><a href="${escapeHtml(privacyUrl)}" rel="noreferrer">${escapeHtml(words.privacy)}</a></footer>`;
