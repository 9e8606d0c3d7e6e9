import type { KnownForm } from '#libs/sign-up';
import { escapeHtml, languageOf, type Submission } from '#libs/sign-up-intake';
import { consentLabel, privacyFooter } from './form-parts.js';
import { pageOf, type Page } from './layout.js';
import { pageWords } from './words/index.js';

/** Asks for one click. Shows what was chosen, and nothing of whom it's about: links are opened by scanners, too. */
export const confirmationPage = (
  form: KnownForm,
  { topics, consents, textVersion, language: written }: Submission,
  action: string,
): Page => {
  const language = languageOf(written);
  const words = pageWords[language];
  // As it was when they agreed, whatever the form has by now.
  const text = form.texts.find(({ version }) => version === textVersion) ?? form.consentText;
  const item = (label: string): string => `<li>${escapeHtml(label)}</li>`;
  const body = `<h1>${escapeHtml(form.name)}</h1>
<p>${escapeHtml(words.confirmQuestion)}</p>
<p><strong>${escapeHtml(words.agreeing)}</strong></p>
<ul>${consents.map((consent) => item(consentLabel(words, consent))).join('')}</ul>
<p class="wording" lang="${escapeHtml(text.language)}">${escapeHtml(text.wording)}</p>
${topics.length === 0 ? '' : `<p><strong>${escapeHtml(words.interests)}</strong></p><ul>${topics.map(item).join('')}</ul>`}
<form method="post" action="${escapeHtml(action)}">
<button type="submit">${escapeHtml(words.confirm)}</button>
</form>
${privacyFooter(words, form)}`;
  return pageOf({ language, title: words.confirmQuestion, body, leadsTo: form.redirectUrl });
};
