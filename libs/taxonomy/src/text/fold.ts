/** In lower case and without accents: "München" is "munchen". Letters without a decomposition are spelt as they're typed on a plain keyboard. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[øðłıßæœþđ]/g, (letter) => plain[letter] ?? letter);

const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  đ: 'd',
};
