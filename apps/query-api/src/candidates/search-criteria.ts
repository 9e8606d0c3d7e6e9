import { parseCriteria, type Criteria } from '#libs/criteria';
import type { FieldError } from '#libs/http';
import { err, ok, type Result } from '#libs/kernel';
import type { TalentCriteria } from '#projections/talent-search';
import { instantOf } from '../instant-parameter.js';
import { given } from '../plain.js';
import type { InterestCriterion, LastContactCriterion } from './search-criteria.dto.js';
import type { SearchRequest } from './search-candidates.dto.js';

const orderly = (first: Date | number | undefined, second: Date | number | undefined): boolean =>
  first === undefined || second === undefined || first <= second;

const interestErrors = ({ expressedFrom, expressedTo, expressedMonthsAgo: ago }: InterestCriterion): FieldError[] => {
  const at = '/interest';
  const errors: FieldError[] = [];
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

/** What contradicts itself in a search, where each part alone is right. */
const contradictions = ({ interest, lastHumanContact, experienceYears, sort, text }: SearchRequest): FieldError[] => [
  ...(interest ? interestErrors(interest) : []),
  ...(lastHumanContact ? contactErrors(lastHumanContact) : []),
  ...(orderly(experienceYears?.min, experienceYears?.max)
    ? []
    : [{ pointer: '/experienceYears/max', detail: 'must not be less than min' }]),
  ...(sort?.by === 'relevance' && text === undefined
    ? [{ pointer: '/sort/by', detail: 'can be relevance only together with text' }]
    : []),
];

/** Any criteria, or what's wrong with them. */
const whereOf = ({ where }: SearchRequest): Result<Criteria | undefined, FieldError[]> => {
  if (where === undefined) return ok(undefined);
  const parsed = parseCriteria(where);
  if (parsed.ok) return parsed;
  return err(parsed.error.map(({ pointer, detail }) => ({ pointer: `/where${pointer}`, detail })));
};

/** A checked request as the read model takes it, or where it contradicts itself. */
export const criteriaOf = (request: SearchRequest): Result<TalentCriteria, FieldError[]> => {
  const where = whereOf(request);
  const errors = [...contradictions(request), ...(where.ok ? [] : where.error)];
  if (errors.length > 0 || !where.ok) return err(errors);
  const { text, title, skills, tags, location, interest, source, owner, lastHumanContact, experienceYears } = request;
  const { before, after, never } = lastHumanContact ?? {};
  return ok(
    given({
      text,
      title,
      skills: skills && given({ all: skills.all?.map(given), any: skills.any?.map(given) }),
      tags: tags && given(tags),
      location: location && given(location),
      interest:
        interest &&
        given({
          ...interest,
          expressedFrom: instantOf(interest.expressedFrom),
          expressedTo: instantOf(interest.expressedTo),
        }),
      source: source && given(source),
      owner,
      lastHumanContact: lastHumanContact && given({ before: instantOf(before), after: instantOf(after), never }),
      experienceYears: experienceYears && given(experienceYears),
      where: where.value,
    }),
  );
};
