export type { CriteriaOrigin, CriteriaProblem } from './language/criteria-problem.js';
export * from './language/criteria.js';
export {
  numberAttributes,
  wordAttributes,
  type AttributeLeaf,
  type ConsentLeaf,
  type CustomLeaf,
  type HappenedLeaf,
  type Leaf,
  type NearLeaf,
  type NumberAttribute,
  type NumberLeaf,
  type TitleLeaf,
  type WordAttribute,
} from './language/leaves.js';
export { ANY_CUSTOM_VALUE, customWord } from './language/custom-words.js';
export {
  askedTitle,
  askedWords,
  centreOf,
  isAskedTitle,
  monthsOf,
  regionTerms,
  skillMeant,
  skillTerms,
  titleTerms,
  type AskedTitle,
  type AskedWords,
} from './language/meanings.js';
export { parseCriteria } from './language/parse-criteria.js';
export { isKnown, MOST_TEXT_WORDS, normalise, textWords, titleWords } from './language/words.js';
export * from './membership/explain.js';
export { EARTH_KILOMETRES, kilometresBetween } from './membership/leaf-membership.js';
export { membership } from './membership/membership.js';
export * from './membership/person-history.js';
export { before, monthsBefore, type Period } from './time/calendar.js';
export * from './time/interval-set.js';
