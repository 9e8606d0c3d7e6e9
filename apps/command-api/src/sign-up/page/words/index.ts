import type { Language } from '#libs/sign-up-intake';
import type { PageWords } from '../page-words.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

export const pageWords: Readonly<Record<Language, PageWords>> = { en, de, fr, es };
