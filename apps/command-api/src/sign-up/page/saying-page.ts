import { escapeHtml, type Language } from '#libs/sign-up-intake';
import { pageOf, type Page } from './layout.js';
import type { PageWords, Said } from './page-words.js';
import { pageWords } from './words/index.js';

export type Saying = { [K in keyof PageWords]: PageWords[K] extends Said ? K : never }[keyof PageWords];

/** A page that only says something. */
export const sayingPage = (saying: Saying, language: Language): Page => {
  const [title, text] = pageWords[language][saying];
  return pageOf({ language, title, body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>` });
};
