const particles = new Set([
  'van',
  'von',
  'de',
  'der',
  'den',
  'da',
  'di',
  'dos',
  'del',
  'la',
  'le',
  'el',
  'al',
  'bin',
  'ibn',
  'y',
]);
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'jr', 'sr', 'ii', 'iii', 'phd', 'md', 'mba']);

/** Letters that no decomposition turns into plain ones. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents and marks; words parted by one space. Digits stay: they tell one street from another. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßøæœđðłþı]/g, (letter) => plain[letter] ?? letter)
    .replace(/\p{M}|['’`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The words of a name that say who somebody is: no titles. */
const nameWords = (name: string): string[] =>
  fold(name.replace(/\([^)]*\)/g, ' '))
    .split(' ')
    .filter((word) => word !== '' && !titles.has(word));

export interface Name {
  /** The first of the given names; may be an initial. Empty if unknown. */
  readonly given: string;
  /** Written together, without particles' spaces ("vandermeer"). Empty if unknown. */
  readonly family: string;
}

/** A name as it's compared, from what is told of it: both parts, or one string in the order given then family, or "Family, Given". */
export const readName = (told: { given?: string; family?: string; full?: string }): Name => {
  if (told.given !== undefined || told.family !== undefined) {
    return { given: nameWords(told.given ?? '')[0] ?? '', family: nameWords(told.family ?? '').join('') };
  }
  const [before, after] = (told.full ?? '').split(',', 2);
  if (after !== undefined && nameWords(after).length > 0) return readName({ given: after, family: before ?? '' });
  const words = nameWords(before ?? '');
  if (words.length < 2) return { given: words[0] ?? '', family: '' };
  // Particles belong to the family name that they stand before.
  let start = words.length - 1;
  while (start > 1 && particles.has(words[start - 1])) start -= 1;
  return { given: words[0], family: words.slice(start).join('') };
};
