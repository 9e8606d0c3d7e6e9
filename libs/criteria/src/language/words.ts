import { ERASED } from '#libs/kernel';

const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
};

/**
 * Lower case, accents stripped, everything but letters and digits a space: what searching compares. The signs of "c++", "c#",
 * ".net" and "node.js" stay; the full stop of "Sr." doesn't.
 */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Letters that are no base letter with a mark.
    .replace(/[øłđðßæœþı]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}+#.]+|\.(?![\p{L}\p{N}])/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** "engineers" is "engineer"; short words and those in -ss stay. */
const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** The words of a title, in the form in which titles are compared. */
export const titleWords = (title: string): string[] => [
  ...new Set(normalise(title).split(' ').filter(Boolean).map(singular)),
];

/** A search text is asked for word by word; so many are asked for. */
export const MOST_TEXT_WORDS = 12;

/** The words of a search text; each has to be found. */
export const textWords = (text: string): string[] => normalise(text).split(' ').filter(Boolean);

/** Whether there's anything to search by: what was erased is shown as such, and found by nothing. */
export const isKnown = (text: string | null): text is string => text !== null && text !== ERASED;
