/** The languages that pages and messages are written in; the first one where a form's is another. */
export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

/** @param tag BCP 47, such as `de-AT` */
export const languageOf = (tag: string): Language => {
  const [primary = ''] = tag.toLowerCase().split('-', 1);
  return languages.find((language) => language === primary) ?? languages[0];
};
