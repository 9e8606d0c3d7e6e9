/** Lower case, accents stripped, everything but letters and digits a space: what searching compares. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Letters that are no base letter with a mark.
    .replace(/[øłđßæœ]/g, (letter) => ({ ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' })[letter] ?? letter)
    .replace(/[^\p{L}\p{N}+#.]+/gu, ' ')
    .trim();

/** "engineers" is "engineer"; short words and those in -ss stay. */
const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** The words of a title, in the form in which titles are compared. */
export const titleWords = (title: string): string[] => [
  ...new Set(normalise(title).split(' ').filter(Boolean).map(singular)),
];

/** One text with everything that a person may be searched by. */
export const searchText = (parts: readonly (string | null | undefined)[]): string =>
  normalise(parts.filter((part) => part !== null && part !== undefined && part !== '').join(' '));
