import { MOST_TEXT_WORDS, parseCriteria, textWords, titleWords, type CriteriaOrigin } from '#libs/criteria';
import { instantOf, type FieldError } from '#libs/http';
import type { AskedSearch } from './asked-search.dto.js';
import type { InterestCriterion, LastContactCriterion, NearCriterion } from './search-criteria.dto.js';
import { wordProblems } from './word-problems.js';

const orderly = (first: Date | number | undefined, second: Date | number | undefined): boolean =>
  first === undefined || second === undefined || first <= second;

const textErrors = (text: string, origin: CriteriaOrigin): FieldError[] =>
  origin === 'request' && textWords(text).length > MOST_TEXT_WORDS
    ? [{ pointer: '/text', detail: `must not have more than ${MOST_TEXT_WORDS} words` }]
    : [];

const interestErrors = (interest: InterestCriterion, origin: CriteriaOrigin): FieldError[] => {
  const { role, expressedFrom, expressedTo, expressedMonthsAgo: ago } = interest;
  const at = '/interest';
  const errors: FieldError[] = [];
  if (origin === 'request' && role !== undefined && titleWords(role).length === 0)
    errors.push({ pointer: `${at}/role`, detail: 'must have a letter or a digit' });
  if (ago && (expressedFrom !== undefined || expressedTo !== undefined))
    errors.push({ pointer: `${at}/expressedMonthsAgo`, detail: 'cannot be given together with times' });
  if (ago && ago.from < ago.to)
    errors.push({ pointer: `${at}/expressedMonthsAgo/from`, detail: 'must not be less than to: it is longer ago' });
  if (!orderly(instantOf(expressedFrom), instantOf(expressedTo)))
    errors.push({ pointer: `${at}/expressedTo`, detail: 'must not be earlier than expressedFrom' });
  return errors;
};

const contactErrors = ({ before, after, never }: LastContactCriterion): FieldError[] => {
  if (never && (before !== undefined || after !== undefined))
    return [{ pointer: '/lastHumanContact/never', detail: 'cannot be given together with times' }];
  return orderly(instantOf(after), instantOf(before))
    ? []
    : [{ pointer: '/lastHumanContact/before', detail: 'must not be earlier than after' }];
};

/** As criteria say it. */
const nearErrors = (near: NearCriterion, origin: CriteriaOrigin): FieldError[] => {
  const said = Object.fromEntries(Object.entries(near).filter(([, value]) => value !== undefined));
  const parsed = parseCriteria({ near: said }, origin);
  return parsed.ok ? [] : [...parsed.error];
};

const whereErrors = (where: AskedSearch['where'], origin: CriteriaOrigin): FieldError[] => {
  const parsed = where === undefined ? undefined : parseCriteria(where, origin);
  if (!parsed) return [];
  const problems = parsed.ok ? (origin === 'request' ? wordProblems(parsed.value) : []) : parsed.error;
  return problems.map(({ pointer, detail }) => ({ pointer: `/where${pointer}`, detail }));
};

/**
 * What contradicts itself in a search, where each part alone is right, and what of its criteria can't be read or means
 * nothing that there is. A search that
 * was stored is read as it was when it was taken.
 */
export const searchErrors = (asked: AskedSearch, origin: CriteriaOrigin = 'request'): FieldError[] => {
  const { interest, lastHumanContact, experienceYears, sort, text, near, where, fit } = asked;
  return [
    ...(text === undefined ? [] : textErrors(text, origin)),
    ...(interest ? interestErrors(interest, origin) : []),
    ...(lastHumanContact ? contactErrors(lastHumanContact) : []),
    ...(orderly(experienceYears?.min, experienceYears?.max)
      ? []
      : [{ pointer: '/experienceYears/max', detail: 'must not be less than min' }]),
    ...(sort?.by === 'relevance' && text === undefined
      ? [{ pointer: '/sort/by', detail: 'can be relevance only together with text' }]
      : []),
    ...(sort?.by === 'fit' && fit === undefined
      ? [{ pointer: '/sort/by', detail: 'can be fit only together with fit, which names a model' }]
      : []),
    ...(near ? nearErrors(near, origin) : []),
    ...whereErrors(where, origin),
  ];
};
