import { isKnown, normalise, titleWords } from '#libs/criteria';
import { askedText } from './conditions.js';
import type { TalentCriteria } from './criteria.js';
import type { Person } from './person.js';

/** Where a text that's shown has to do with what was searched for: half-open ranges of UTF-16 code units. */
export interface Highlight {
  readonly field: string;
  readonly value: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** As pg_trgm makes them of a word. */
const trigrams = (word: string): ReadonlySet<string> => {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)));
};

/** The share of the asked word's trigrams at which PostgreSQL's search takes a word for it (libs/read-store). */
const ALIKE = 0.4;

const isLike = (asked: string, word: string): boolean => {
  if (word.includes(asked)) return true;
  const [wanted, there] = [trigrams(asked), trigrams(word)];
  return [...wanted].filter((trigram) => there.has(trigram)).length / wanted.size >= ALIKE;
};

/** Which word of a field is meant. */
type Meant = (word: string) => boolean;

const inText = ({ text }: TalentCriteria): Meant => {
  const asked = text === undefined ? [] : askedText(text);
  return (word) => asked.some((one) => isLike(one, word));
};
const inTitle = ({ title }: TalentCriteria): Meant => {
  const asked = title === undefined ? [] : titleWords(title);
  return (word) => asked.includes(titleWords(word)[0] ?? '');
};

const marked = (field: string, value: string, meant: Meant): Highlight[] => {
  const words = [...value.matchAll(/[^\s,;/|()]+/gu)].map(({ 0: word, index }) => ({
    word: normalise(word),
    from: index,
    to: index + word.length,
  }));
  const ranges = words.filter(({ word }) => word !== '' && meant(word)).map(({ from, to }) => [from, to] as const);
  return ranges.length === 0 ? [] : [{ field, value, ranges }];
};

/** Where a person's texts have to do with the search. What criteria found otherwise is in no text. */
export const highlightsOf = (person: Person, criteria: TalentCriteria): readonly Highlight[] => {
  const anywhere = inText(criteria);
  const asTitle = inTitle(criteria);
  const { name, title, employer, location, skills, tags, interests } = person;
  const texts: readonly (readonly [field: string, value: string | null])[] = [
    ['name', name],
    ['title', title],
    ['employer', employer],
    ['city', location.city],
    ['region', location.region],
    ...skills.map((skill) => ['skills', skill.name] as const),
    ...tags.map((tag) => ['tags', tag] as const),
    ...interests.map((interest) => ['interests', interest] as const),
  ];
  return texts.flatMap(([field, value]) =>
    value !== null && isKnown(value)
      ? marked(field, value, (word) => anywhere(word) || (field === 'title' && asTitle(word)))
      : [],
  );
};
