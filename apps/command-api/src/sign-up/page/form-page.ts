import type { KnownForm } from '#libs/sign-up';
import { escapeHtml, languageOf } from '#libs/sign-up-intake';
import { consentLabel, privacyFooter, wordingBlock } from './form-parts.js';
import { pageOf, type Page } from './layout.js';
import type { PageWords } from './page-words.js';
import { pageWords } from './words/index.js';

/** What somebody entered, to be shown again beside what's wrong with it. */
export interface EnteredForm {
  readonly email: string;
  readonly name: string;
  readonly topics: readonly string[];
  /** `newsletter/email` */
  readonly consents: readonly string[];
}

export type WrongField = 'email' | 'name' | 'consents';
/** Which fields are wrong, or what is wrong with the whole. */
export interface FormErrors {
  readonly fields: readonly WrongField[];
  readonly whole?: 'tooFast' | 'outdated' | 'other';
}

export const nothingEntered: EnteredForm = { email: '', name: '', topics: [], consents: [] };
const noErrors: FormErrors = { fields: [] };

const checkbox = (name: string, value: string, label: string, checked: boolean): string =>
  `<label class="choice"><input type="checkbox" name="${name}" value="${escapeHtml(value)}"${checked ? ' checked' : ''}><span>${escapeHtml(label)}</span></label>`;

const complaint = (words: PageWords, field: WrongField, { fields }: FormErrors): string =>
  fields.includes(field) ? `<span class="wrong" id="${field}-wrong">${escapeHtml(words.errors[field])}</span>` : '';
const marks = (field: WrongField, { fields }: FormErrors): string =>
  fields.includes(field) ? ` aria-invalid="true" aria-describedby="${field}-wrong"` : '';

const summary = (words: PageWords, { fields, whole }: FormErrors): string => {
  if (fields.length === 0 && whole === undefined) return '';
  const text = whole === undefined ? words.errors.summary : words.errors[whole];
  const links = fields.map((field) => `<li><a href="#${field}">${escapeHtml(words.errors[field])}</a></li>`);
  return `<div class="summary" role="alert"><p>${escapeHtml(text)}</p>${links.length > 0 ? `<ul>${links.join('')}</ul>` : ''}</div>`;
};

/** The form of the career site or event, to be filled in. Nothing is ticked that nobody ticked. */
export const formPage = (
  form: KnownForm,
  { action, ticket }: { readonly action: string; readonly ticket: string },
  entered: EnteredForm = nothingEntered,
  errors: FormErrors = noErrors,
): Page => {
  const language = languageOf(form.consentText.language);
  const words = pageWords[language];
  const topics = form.topics.map((topic) => checkbox('topic', topic, topic, entered.topics.includes(topic)));
  const consents = form.consents.map((consent) => {
    const value = `${consent.purpose}/${consent.channel}`;
    return checkbox('consent', value, consentLabel(words, consent), entered.consents.includes(value));
  });
  const body = `<h1>${escapeHtml(form.name)}</h1>
${summary(words, errors)}
<form method="post" action="${escapeHtml(action)}" novalidate>
<div class="field">
<label for="email">${escapeHtml(words.email)}</label>
<input type="email" id="email" name="email" autocomplete="email" inputmode="email" required maxlength="320" value="${escapeHtml(entered.email)}"${marks('email', errors)}>
${complaint(words, 'email', errors)}
</div>
<div class="field">
<label for="name">${escapeHtml(words.name)} <span class="hint">(${escapeHtml(words.optional)})</span></label>
<input type="text" id="name" name="name" autocomplete="name" maxlength="200" value="${escapeHtml(entered.name)}"${marks('name', errors)}>
${complaint(words, 'name', errors)}
</div>
${topics.length === 0 ? '' : `<fieldset><legend>${escapeHtml(words.topics)}</legend>${topics.join('')}</fieldset>`}
<fieldset id="consents" tabindex="-1"${marks('consents', errors)}>
<legend>${escapeHtml(words.consents)}</legend>
${complaint(words, 'consents', errors)}
${consents.join('')}
${wordingBlock(form)}
</fieldset>
<div class="unseen" aria-hidden="true">
<label for="website">${escapeHtml(words.leaveEmpty)}</label>
<input type="text" id="website" name="website" tabindex="-1" autocomplete="off" value="">
</div>
<input type="hidden" name="textVersion" value="${escapeHtml(form.consentText.version)}">
<input type="hidden" name="ticket" value="${escapeHtml(ticket)}">
<button type="submit">${escapeHtml(words.submit)}</button>
</form>
${privacyFooter(words, form)}`;
  return pageOf({ language, title: form.name, body });
};
